// prototype: single-year level branching
#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <vector>
#include <thread>
#include <ClpSimplex.hpp>
#include "abatis/base/files.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/store/stages.hpp"
#include "../../src/plan/instance.hpp"
using namespace abatis; using namespace abatis::plan_detail;
template <class T>
std::optional<T> kept(const std::filesystem::path& out, const std::string& stage) {
  constexpr std::size_t kHead = 15 + 64;
  for (const auto& entry : std::filesystem::directory_iterator(out / ".stages")) {
    if (!entry.path().filename().string().starts_with(stage + "-")) continue;
    const auto bytes = read_file(entry.path(), std::uint64_t{1} << 34U);
    if (bytes && bytes->size() > kHead) return from_bytes<T>(std::string_view(*bytes).substr(kHead));
  }
  return std::nullopt;
}
static double now() { static auto t0 = std::chrono::steady_clock::now(); return std::chrono::duration<double>(std::chrono::steady_clock::now()-t0).count(); }
struct Step { int place, count; };
struct PPath { double length; std::vector<Step> steps; };
struct YearBound {
  const PlanProblem& p; const Instance& in; int t;
  std::vector<std::unique_ptr<GraphSearch>> search; std::vector<std::vector<double>> through;
  std::vector<int> col;              // reduced columns (instance columns)
  std::vector<std::vector<int>> at_place; // reduced columns by place
  std::vector<std::vector<PPath>> pool; // by cell
  std::vector<std::map<std::vector<std::pair<int,int>>, int>> index;
  std::vector<std::pair<double, std::vector<std::pair<int,double>>>> rows; // <= rhs
  size_t K;
  double best = 0;
  int lps = 0; long searches = 0;
  YearBound(const PlanProblem& pp, const Instance& i, int year) : p(pp), in(i), t(year) {
    K = in.cells.size(); pool.resize(K); index.resize(K);
    std::vector<char> fixedcol(in.columns.size(), 0), barred(in.columns.size(), 0);
    for (auto& f : p.fixed) {
      int s = p.options[(size_t)f.option].site; int c0 = in.column(f.option, f.year);
      for (size_t c = 0; c < in.columns.size(); ++c) if (in.site_of((int)c) == s) { if ((int)c == c0) fixedcol[c] = 1; else barred[c] = 1; }
    }
    at_place.resize((size_t)p.sites);
    std::vector<double> take(in.columns.size());
    for (size_t c = 0; c < in.columns.size(); ++c) take[c] = taken_by(p, in.columns[c], t);
    for (size_t o = 0; o < p.options.size(); ++o) {
      for (int c = in.first_column[o]; c < in.first_column[o+1]; ++c) {
        if (barred[(size_t)c]) continue;
        bool dom = false;
        if (!fixedcol[(size_t)c]) for (int d = in.first_column[o]; d < in.first_column[o+1] && !dom; ++d) {
          if (d == c || barred[(size_t)d]) continue;
          bool ge = take[(size_t)d] <= take[(size_t)c];
          bool same = take[(size_t)d] == take[(size_t)c];
          for (size_t k = 0; k < K && ge; ++k) { ge = in.effect(d, (int)k) >= in.effect(c, (int)k); same &= in.effect(d,(int)k) == in.effect(c,(int)k);}
          dom = ge && (!same || d > c);
        }
        if (dom) continue;
        at_place[(size_t)p.place_of(in.site_of(c))].push_back((int)col.size());
        col.push_back(c);
        fixed.push_back(fixedcol[(size_t)c]);
      }
    }
    std::vector<Column> cs; for (int c : col) cs.push_back(in.columns[(size_t)c]);
    for (const Row& r : linear_rows(p, cs)) {
      if (std::isinf(r.high)) continue;

      if (r.kind == Row::Kind::limit && (r.year != t || p.limits[(size_t)r.index].span == LimitSpan::each_year)) continue;
      double u = r.kind == Row::Kind::limit ? mean_term(r) : 1e6;
      std::vector<std::pair<int,double>> v; for (auto [c,a] : r.terms) v.push_back({c, a/u});
      rows.push_back({r.high/u, v});
    }
    for (auto& l : links_of(p, in.limits)) {
      std::vector<std::pair<int,double>> v;
      for (size_t j = 0; j < col.size(); ++j) { int o = cs[j].option; if (std::binary_search(l.users.begin(), l.users.end(), o)) v.push_back({(int)j, 1.0}); if (std::binary_search(l.givers.begin(), l.givers.end(), o)) v.push_back({(int)j, -1.0}); }
      rows.push_back({0.0, v});
    }
    std::vector<std::vector<std::pair<int,double>>> sos((size_t)p.sites);
    for (size_t j = 0; j < col.size(); ++j) sos[(size_t)in.site_of(col[j])].push_back({(int)j, 1.0});
    for (auto& v : sos) if (v.size() > 1) rows.push_back({1.0, v});
    for (auto& c : p.conflicts) { std::vector<std::pair<int,double>> v; for (size_t j = 0; j < col.size(); ++j) if (cs[j].option == c.option_a || cs[j].option == c.option_b) v.push_back({(int)j,1.0}); if (v.size()>1 && c.option_a!=c.option_b) rows.push_back({1.0, v}); }
    for (auto& cell : in.cells) {
      auto& c = p.cases[(size_t)cell.kase];
      search.push_back(std::make_unique<GraphSearch>(*p.graphs[(size_t)c.graph], c.sources, c.targets, cell.top));
      through.push_back(search.back()->through_s(p.sites));
    }
    fmt::print("{} reduced columns, {} rows, {} cells\n", col.size(), rows.size(), K);
  }
  std::vector<char> fixed;
  int add_path(size_t k, const std::vector<std::int32_t>& arcs) {
    const Graph& g = *p.graphs[(size_t)p.cases[(size_t)in.cells[k].kase].graph];
    std::map<int,int> cnt; double len = 0;
    for (auto a : arcs) { len += g.time_s[(size_t)a]; int s = g.site[(size_t)a]; if (s >= 0 && !at_place[(size_t)s].empty()) ++cnt[s]; }
    std::vector<std::pair<int,int>> key(cnt.begin(), cnt.end());
    auto it = index[k].find(key);
    if (it != index[k].end()) { auto& q = pool[k][(size_t)it->second]; if (len < q.length) q.length = len; return it->second; }
    PPath q; q.length = len; for (auto [s,c] : cnt) q.steps.push_back({s,c});
    pool[k].push_back(q); index[k][key] = (int)pool[k].size()-1; return (int)pool[k].size()-1;
  }
  struct Node { std::vector<double> lo, hi; double bound; std::vector<std::array<int,3>> cuts; int depth=0; std::vector<double> x, z; double kfix=0; };
  struct Solved { double bound; std::vector<double> x, z; std::vector<std::array<int,3>> cuts; bool infeasible=false; };
  // type 0: z cut, 1: cover
  Solved solve(const Node& nd, int rounds, double cutoff) {
    ClpSimplex lp; lp.setLogLevel(0);
    int n = (int)col.size();
    lp.resize(0, n + (int)K);
    for (int j = 0; j < n; ++j) { lp.setColumnBounds(j, fixed[(size_t)j] ? 1.0 : 0.0, 1.0); lp.setObjectiveCoefficient(j, 0); }
    const double U = 1000;
    for (size_t k = 0; k < K; ++k) { lp.setColumnBounds(n+(int)k, nd.lo[k]/U, nd.hi[k]/U); lp.setObjectiveCoefficient(n+(int)k, -in.cells[k].weight*U); }
    auto addrows = [&](const std::vector<std::pair<double, std::vector<std::pair<int,double>>>>& rs) {
      std::vector<double> lo, hi, val; std::vector<int> idx; std::vector<CoinBigIndex> st{0};
      for (auto& [h, v] : rs) { for (auto [j,a] : v) { idx.push_back(j); val.push_back(a);} st.push_back((CoinBigIndex)idx.size()); lo.push_back(-COIN_DBL_MAX); hi.push_back(h);} 
      lp.addRows((int)lo.size(), lo.data(), hi.data(), st.data(), idx.data(), val.data());
    };
    addrows(rows);
    std::vector<std::array<int,3>> have; std::set<std::array<int,3>> present;
    auto cutrow = [&](const std::array<int,3>& c) {
      size_t k = (size_t)c[0]; auto& P = pool[k][(size_t)c[1]];
      std::vector<std::pair<int,double>> v; double cap = (c[2] ? nd.lo[k] : nd.hi[k]) - P.length;
      if (!c[2]) v.push_back({n+(int)k, 1.0});
      for (auto& s : P.steps) for (int j : at_place[(size_t)s.place]) { double e = std::min(s.count * in.effect(col[(size_t)j], (int)k), cap); if (e > 0) v.push_back({j, -e/(c[2]?cap:U)}); }
      return std::pair<double, std::vector<std::pair<int,double>>>(c[2] ? -1.0 : P.length/U, v);
    };
    auto add = [&](std::vector<std::array<int,3>> cs) {
      std::vector<std::pair<double, std::vector<std::pair<int,double>>>> rs;
      for (auto& c : cs) { size_t k=(size_t)c[0]; double L = pool[k][(size_t)c[1]].length; if (L >= (c[2]?nd.lo[k]:nd.hi[k]) - 1e-6) continue; if (!present.insert(c).second) continue; rs.push_back(cutrow(c)); have.push_back(c);} 
      if (!rs.empty()) addrows(rs); return (int)rs.size();
    };
    add(nd.cuts);
    Solved out; out.bound = nd.bound;
    double prev = 1e300;
    for (int r = 0; r < rounds; ++r) {
      lp.dual(); ++lps;
      if (lp.status() == 1) { out.infeasible = true; out.bound = -1e300; return out; }
      if (lp.status() != 0) { lp.primal(); if (lp.status()!=0) break; }
      double b = in.constant - lp.objectiveValue();
      out.bound = std::min(out.bound, b);
      const double* v = lp.primalColumnSolution();
      out.x.assign(v, v + n); out.z.resize(K); for (size_t k = 0; k < K; ++k) out.z[k] = v[n+k]*U;
      if (out.bound <= cutoff) break;
      // separate
      std::vector<std::vector<std::array<int,3>>> found(K);
      std::vector<char> need(K, 1);
      auto work = [&](size_t k) {
        GraphSearch::Scratch sc;
        auto value = [&](const PPath& P, bool cover) { double cap = (cover?nd.lo[k]:nd.hi[k]) - P.length; double s = 0; for (auto& st : P.steps) for (int j : at_place[(size_t)st.place]) s += std::min(st.count*in.effect(col[(size_t)j],(int)k), cap)*out.x[(size_t)j]; return s; };
        std::vector<std::pair<double,std::array<int,3>>> cand;
        // pool
        for (size_t q = 0; q < pool[k].size(); ++q) {
          auto& P = pool[k][q];
          if (P.length < nd.hi[k]) { double viol = out.z[k] - P.length - value(P,false); if (viol > 1e-3) cand.push_back({viol, {(int)k,(int)q,0}}); }
          if (P.length < nd.lo[k]) { double viol = nd.lo[k] - P.length - value(P,true); if (viol > 1e-3) cand.push_back({viol, {(int)k,(int)q,1}}); }
        }
        std::erase_if(cand, [&](auto& c){ return present.count(c.second)>0; });
        if (cand.empty()) {
          for (int cover = 0; cover < 2; ++cover) {
            if (cover && nd.lo[k] <= in.cells[k].base) continue;
            double cap = cover ? nd.lo[k] : nd.hi[k];
            std::vector<double> D((size_t)p.sites, 0.0);
            for (int j = 0; j < n; ++j) if (out.x[(size_t)j] > 0) { int pl = p.place_of(in.site_of(col[(size_t)j])); double e = std::min(in.effect(col[(size_t)j],(int)k), std::max(0.0, cap - through[k][(size_t)pl])); D[(size_t)pl] += e*out.x[(size_t)j]; }
            for (int rep = 0; rep < 6; ++rep) {
              std::vector<std::int32_t> arcs; double T = search[k]->least_time(D, sc, &arcs); ++searches;
              if (!(T < cap)) break;
              int q = add_path(k, arcs); auto& P = pool[k][(size_t)q];
              double viol = (cover ? nd.lo[k] : out.z[k]) - P.length - value(P, cover);
              if (viol > 1e-3) cand.push_back({viol, {(int)k, q, cover}}); else break;
              for (auto& st : P.steps) D[(size_t)st.place] += 0.1*(cap - P.length);
            }
          }
        }
        std::sort(cand.begin(), cand.end(), [](auto&a, auto&b){ return a.first > b.first; });
        for (size_t i = 0; i < cand.size() && i < 8; ++i) found[k].push_back(cand[i].second);
      };
      for (size_t k = 0; k < K; ++k) work(k);
      int added = 0; std::vector<std::array<int,3>> all; for (auto& f : found) all.insert(all.end(), f.begin(), f.end());
      added = add(all);
      if (added == 0) break;
      (void)prev;
    }
    // keep tight cuts
    for (size_t i = 0; i < have.size(); ++i) if (lp.getRowStatus((int)(rows.size()+i)) != ClpSimplex::basic) out.cuts.push_back(have[i]);
    return out;
  }
  double cost_to(std::vector<double> lo, int maxr, std::vector<char>* pick, const std::vector<char>& one) {
    ClpSimplex lp; lp.setLogLevel(0); int n = (int)col.size(); lp.resize(0, n);
    std::vector<std::pair<int,double>> obj;
    std::vector<double> price(n); for (int j=0;j<n;++j) price[j] = taken_by(p, in.columns[(size_t)col[j]], t)/1e6;
    for (int j=0;j<n;++j) { lp.setColumnBounds(j, one[j]?1:0, 1); lp.setObjectiveCoefficient(j, price[j]); }
    auto addrows = [&](const std::vector<std::pair<double, std::vector<std::pair<int,double>>>>& rs) {
      std::vector<double> l, h, val; std::vector<int> idx; std::vector<CoinBigIndex> st{0};
      for (auto& [hh, v] : rs) { for (auto [j,a] : v) { idx.push_back(j); val.push_back(a);} st.push_back((CoinBigIndex)idx.size()); l.push_back(-COIN_DBL_MAX); h.push_back(hh);} 
      lp.addRows((int)l.size(), l.data(), h.data(), st.data(), idx.data(), val.data()); };
    std::vector<std::pair<double, std::vector<std::pair<int,double>>>> base; for (auto& r : rows) { bool budget = r.second.size() > 500; if (!budget) base.push_back(r);} addrows(base);
    std::set<std::pair<int,int>> present; double t0=now(); int r=0; double obj_=0, first=0;
    for (; r < maxr; ++r) {
      lp.dual(); ++lps; if (lp.status()==1) { fmt::print(" infeasible"); return 1e9; }
      obj_ = lp.objectiveValue();
      const double* x = lp.primalColumnSolution();
      std::vector<std::vector<int>> found(K);
      auto work=[&](size_t k) { GraphSearch::Scratch sc; double cap = lo[k]; if (cap <= in.cells[k].base) return;
        auto lack = [&](const PPath& P) { double c = cap-P.length; double s=0; for (auto& st:P.steps) for (int j:at_place[(size_t)st.place]) s += std::min(st.count*in.effect(col[(size_t)j],(int)k), c)*x[j]; return (c-s)/c; };
        std::vector<std::pair<double,int>> cand; for (size_t q=0;q<pool[k].size();++q) if (pool[k][q].length < cap-1 && !present.count({(int)k,(int)q})) { double v = lack(pool[k][q]); if (v > 0.01) cand.push_back({v,(int)q}); }
        if (cand.size() < 5) { std::vector<double> D((size_t)p.sites,0.0); for (int j=0;j<n;++j) if (x[j]>0) { int pl=p.place_of(in.site_of(col[(size_t)j])); D[(size_t)pl] += x[j]*std::min(in.effect(col[(size_t)j],(int)k), std::max(0.0,cap-through[k][(size_t)pl])); }
          for (int rep=0;rep<15;++rep) { std::vector<std::int32_t> arcs; double T=search[k]->least_time(D,sc,&arcs); ++searches; if (!(T<cap-1)) break; int q=add_path(k,arcs); double v=lack(pool[k][(size_t)q]); if (v<=0.01) {if (rep) break;} else if (!present.count({(int)k,q})) cand.push_back({v,q}); for (auto& st:pool[k][(size_t)q].steps) D[(size_t)st.place] += 0.15*(cap-pool[k][(size_t)q].length); } }
        std::sort(cand.rbegin(), cand.rend()); for (size_t i=0;i<cand.size()&&i<15;++i) found[k].push_back(cand[i].second); };
      { std::vector<std::thread> th; for (size_t h=0;h<2;++h) th.emplace_back([&,h]{ for (size_t k=h;k<K;k+=2) work(k); }); for (auto& q:th) q.join(); }
      std::vector<std::pair<double, std::vector<std::pair<int,double>>>> rs;
      for (size_t k=0;k<K;++k) for (int q: found[k]) { if (!present.insert({(int)k,q}).second) continue; auto& P=pool[k][(size_t)q]; double cap=lo[k]-P.length; std::vector<std::pair<int,double>> v; for (auto& st:P.steps) for (int j:at_place[(size_t)st.place]) { double e=std::min(st.count*in.effect(col[(size_t)j],(int)k),cap); if (e>0) v.push_back({j,-e/cap}); } rs.push_back({-1.0,v}); }
      if (rs.empty()) break; addrows(rs);
    }
    fmt::print(" {:.2f} ({} r, {:.1f}s)", obj_, r, now()-t0); std::fflush(stdout);
    if (pick) { const double* x = lp.primalColumnSolution(); double best=0; int bj=-1, whole=0; for (int j=0;j<n;++j) { if (one[j]) continue; if (x[j]>0.999) { (*pick)[j]=1; whole++; } else if (x[j]>best) {best=x[j];bj=j;} } if (bj>=0 && best > 1e-6) { for (int j=0;j<n;++j) if (!one[j] && x[j] >= std::min(0.5, best)-1e-9 && x[j]<=0.999) (*pick)[j]=1; (*pick)[bj]=1; } else return -1; }
    return obj_;
  }
  void curve() {
    for (int set=0; set<4; ++set) for (double f : {0.25,0.5,0.75,0.95}) {
      std::vector<double> lo; for (size_t k=0;k<K;++k) { bool on = set==0 ? k==0 : set==1 ? k==4 : set==2 ? k<4 : true; lo.push_back(on ? in.cells[k].base + f*(in.cells[k].top-in.cells[k].base) : in.cells[k].base); }
      fmt::print("set {} f {}: lp", set, f); std::vector<char> one(col.size(),0), pick(col.size(),0);
      cost_to(lo, 150, &pick, one);
      fmt::print("; round"); 
      for (int it=0; it<40; ++it) { one=pick; if (cost_to(lo, 60, &pick, one) < 0) break; }
      fmt::print("\n");
    }
  }
  // cost curve: least budget to reach level in cell k
  void run(double lower, double seconds, int rounds, double frac) {
    double t0 = now();
    double w = 0; for (auto& c : in.cells) w += c.weight;
    std::vector<Node> nodes; 
    Node root; for (auto& c : in.cells) { root.lo.push_back(c.base); root.hi.push_back(c.top); } root.bound = 1e300;
    auto s = solve(root, 400, lower);
    root.bound = s.bound; root.cuts = s.cuts; root.x = s.x; root.z = s.z;
    fmt::print("  root bound {:.2f} (per unit {:.0f}) after {:.1f} s, {} lps, {} searches, {} cuts\n", s.bound, s.bound/w, now()-t0, lps, searches, s.cuts.size()); std::fflush(stdout);
    std::vector<Node> open{root}; int done = 0; double closed = lower; double said = now();
    while (!open.empty() && now()-t0 < seconds) {
      auto it = std::max_element(open.begin(), open.end(), [](auto&a, auto&b){return a.bound < b.bound;});
      Node nd = *it; open.erase(it);
      if (nd.bound <= lower) continue;
      // true times of x under rounding: choose k with largest w*(z - integer-ish). Use weighted slack over hull: candidate levels
      // choose cell by weight*(z-lo), level between
      double bestscore = -1; std::vector<Node> bestkids;
      std::vector<std::pair<double,size_t>> order; for (size_t k = 0; k < K; ++k) order.push_back({in.cells[k].weight*(nd.z[k]-nd.lo[k]), k});
      std::sort(order.rbegin(), order.rend());
      for (size_t a = 0; a < 3 && a < K; ++a) {
        size_t k = order[a].second; if (order[a].first < 1e-6) break;
        double m = nd.lo[k] + frac*(nd.z[k]-nd.lo[k]);
        std::vector<Node> kids;
        for (int up = 0; up < 2; ++up) {
          Node c = nd; c.depth++; (up ? c.lo[k] : c.hi[k]) = m;
          auto r = solve(c, a == 0 ? rounds : 6, lower);
          c.bound = r.infeasible ? -1e300 : std::min(nd.bound, r.bound); c.cuts = r.cuts; c.x = r.x; c.z = r.z;
          kids.push_back(c);
        }
        double d0 = std::min(50.0*w, nd.bound - kids[0].bound), d1 = std::min(50.0*w, nd.bound - kids[1].bound);
        double score = std::max(1e-6,d0)*std::max(1e-6,d1);
        if (score > bestscore) { bestscore = score; bestkids = kids; }
      }
      if (bestkids.empty()) { closed = std::max(closed, nd.bound); continue; }
      done++;
      for (auto& c : bestkids) if (c.bound > lower) open.push_back(c);
      if (now()-said > 3) { said = now(); double b = closed; for (auto& o : open) b = std::max(b, o.bound); fmt::print("  {:.1f} s: bound {:.2f} (per unit {:.0f}), {} open, {} done, {} lps, {} searches\n", now()-t0, b, b/w, open.size(), done, lps, searches); std::fflush(stdout);} 
    }
    double b = closed; for (auto& o : open) b = std::max(b, o.bound);
    fmt::print("  end {:.1f} s: bound {:.2f} (per unit {:.0f}), {} open, {} done, {} lps, {} searches\n", now()-t0, b, b/w, open.size(), done, lps, searches);
    auto it = std::max_element(open.begin(), open.end(), [](auto&a, auto&b){return a.bound < b.bound;});
    if (it != open.end()) { auto& x = it->x; std::map<std::string, std::array<double,4>> by; int h[11]={}; double cost=0;
      std::vector<std::string> lines;
      for (size_t j = 0; j < x.size(); ++j) if (x[j] > 1e-4) { auto& o = p.options[(size_t)in.columns[(size_t)col[j]].option]; h[(int)std::min(10.0, x[j]*10)]++; cost += o.cost()*x[j]/1e6;
        std::string nm = p.option_names[(size_t)in.columns[(size_t)col[j]].option]; auto pos = nm.rfind(' '); auto& b = by[nm.substr(0, nm.find(' '))]; (void)pos; b[0]++; b[1]+=x[j]; b[2]+=x[j]*o.cost()/1e6; b[3] += o.cost()/1e6; 
        lines.push_back(fmt::format("{:.3f} {:.0f}k {} y{} d", x[j], o.cost()/1e3, nm, in.columns[(size_t)col[j]].year)); for (size_t k=0;k<K;++k) lines.back() += fmt::format(" {:.0f}", in.effect(col[j],(int)k)); }
      fmt::print("    cost {:.2f}; hist", cost); for (int q : h) fmt::print(" {}", q); fmt::print("\n");
      for (auto& l : lines) fmt::print("     {}\n", l); }
    if (it != open.end()) for (size_t k = 0; k < K; ++k) fmt::print("    case {} w {:.4f} base {:.0f} lo {:.0f} z {:.0f} hi {:.0f} top {:.0f}\n", in.cells[k].kase, in.cells[k].weight, in.cells[k].base, it->lo[k], it->z[k], it->hi[k], in.cells[k].top);
    std::fflush(stdout);
  }
};
int main(int, char** argv) {
  ScenarioOptions options; options.require_layers = false;
  const auto scenario = load_scenario(argv[1], options);
  if (!scenario) { fmt::print("{}\n", to_string(scenario.error().front())); return 1; }
  const auto sites = kept<SiteSet>(argv[2], "sites");
  auto planned = kept<PlannedNetwork>(argv[2], "plan");
  auto network = planned ? std::optional(std::move(planned->network)) : kept<Network>(argv[2], "network");
  if (!sites || !network) { fmt::print("none\n"); return 1; }
  PlanProblem full = make_problem(*scenario, *sites, *network, nullptr);
  full.threads = 2;
  int from = atoi(argv[4]), to = atoi(argv[5]); double frac = atof(argv[6]);
  for (int t = from; t <= to; ++t) {
    PlanProblem p = full;
    p.years = t + 1;
    p.budget.resize((size_t)t+1);
    p.year_weights.assign((size_t)t+1, 0.0);
    p.year_weights[(size_t)t] = full.year_weights[(size_t)t];
    std::erase_if(p.fixed, [&](auto& f) { return f.year > t; });
    for (auto& e : p.earmarks) if (e.rule == EarmarkRule::at_least) e.amount = 0;
    for (auto& l : p.limits) { l.low = -INFINITY; if (l.span == LimitSpan::horizon) { bool neg=false; for (auto&u:l.uses) neg |= u.amount<0; if (neg) l.high = INFINITY; } }
    std::erase_if(p.limits, [](auto& l){ return std::isinf(l.high); });
    Monitor m; double t0 = now();
    Instance in(p, m);
    fmt::print("year {}: constant {:.1f}; instance {:.1f} s, {} columns\n", t, in.constant, now()-t0, in.columns.size());
    YearBound y(p, in, t);
    if (atof(argv[7])<0) y.curve(); else y.run(atof(argv[7]), atof(argv[3]), 25, frac);
  }
}
