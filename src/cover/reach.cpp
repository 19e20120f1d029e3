#include "reach.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "abatis/base/parallel.hpp"

namespace abatis::covering {
namespace {

std::uint64_t mixed(std::uint64_t x) {  // the finaliser of SplitMix64 (Steele, Lea, Flood 2014)
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

struct Point {
  double x = 0, y = 0;
  std::int64_t weight = 0;
};

struct Box {
  double x0 = std::numeric_limits<double>::infinity(), x1 = -x0, y0 = x0, y1 = -x0;
  void take(const Point& p) {
    x0 = std::min(x0, p.x);
    x1 = std::max(x1, p.x);
    y0 = std::min(y0, p.y);
    y1 = std::max(y1, p.y);
  }
};

// A part of the plane: its points, the sites that reach all of it, those that may reach some.
struct Part {
  std::size_t begin = 0, end = 0;
  std::vector<int> full, rim;
};

constexpr std::size_t kLeaf = 24;         // points that are looked at one by one
constexpr std::size_t kPartsAtOnce = 64;  // that are worked on beside each other

class Splitter {
 public:
  Splitter(const CoverProblem& problem, const Within& within, std::vector<Point>& points)
      : problem_(problem), within_(within), points_(points) {}

  // Moves sites of the rim to `full` or drops them, by the box of the points; returns the box.
  Box sort_sites(Part& part) const {
    Box box;
    for (std::size_t p = part.begin; p < part.end; ++p) box.take(points_[p]);
    std::size_t kept = 0;
    for (const int s : part.rim) {
      const auto& at = problem_.sites[static_cast<std::size_t>(s)];
      const double near_x = std::max({box.x0 - at.x, 0.0, at.x - box.x1});
      const double near_y = std::max({box.y0 - at.y, 0.0, at.y - box.y1});
      if (near_x * near_x + near_y * near_y > within_.sure_out(s)) continue;
      const double far_x = std::max(at.x - box.x0, box.x1 - at.x);
      const double far_y = std::max(at.y - box.y0, box.y1 - at.y);
      if (far_x * far_x + far_y * far_y <= within_.sure_in(s)) {
        part.full.push_back(s);
      } else {
        part.rim[kept++] = s;
      }
    }
    part.rim.resize(kept);
    return box;
  }

  bool is_leaf(const Part& part, const Box& box) const {
    return part.end - part.begin <= kLeaf || part.rim.empty() ||
           (box.x0 == box.x1 && box.y0 == box.y1);
  }

  // Where the second half begins, by the middle of the longer side.
  std::size_t split(const Part& part, const Box& box) const {
    const bool by_x = box.x1 - box.x0 >= box.y1 - box.y0;
    const double low = by_x ? box.x0 : box.y0;
    const double high = by_x ? box.x1 : box.y1;
    const double middle = low + (high - low) / 2;
    const auto first = points_.begin() + static_cast<std::ptrdiff_t>(part.begin);
    const auto last = points_.begin() + static_cast<std::ptrdiff_t>(part.end);
    // Of neighbouring doubles the middle is the lower: it must stay on its side.
    const auto at =
        std::partition(first, last, [&](const Point& p) { return (by_x ? p.x : p.y) <= middle; });
    if (at != last) return static_cast<std::size_t>(at - points_.begin());
    const auto low_end =
        std::partition(first, last, [&](const Point& p) { return (by_x ? p.x : p.y) < high; });
    return static_cast<std::size_t>(low_end - points_.begin());
  }

  void walk(Part& part, SetPool& pool) const {
    const std::size_t full = part.full.size();
    const Box box = sort_sites(part);
    if (is_leaf(part, box)) {
      leaf(part, pool);
    } else {
      const std::size_t middle = split(part, box);
      for (const auto& [begin, end] :
           {std::pair(part.begin, middle), std::pair(middle, part.end)}) {
        Part half{begin, end, std::move(part.full), part.rim};
        walk(half, pool);
        part.full = std::move(half.full);
      }
    }
    part.full.resize(full);
  }

 private:
  void leaf(const Part& part, SetPool& pool) const {
    std::vector<int> list;
    if (part.rim.empty()) {
      std::int64_t weight = 0;
      for (std::size_t p = part.begin; p < part.end; ++p) weight += points_[p].weight;
      emit(part, {}, weight, list, pool);
      return;
    }
    // Points of the same sites of the rim, told apart by a bit for each.
    const std::size_t words = (part.rim.size() + 63) / 64;
    std::vector<std::uint64_t> bits(words), seen;
    std::vector<std::int64_t> weights;
    for (std::size_t p = part.begin; p < part.end; ++p) {
      std::fill(bits.begin(), bits.end(), 0);
      for (std::size_t r = 0; r < part.rim.size(); ++r) {
        const bool reached = within_(part.rim[r], points_[p].x, points_[p].y);
        bits[r / 64] |= std::uint64_t{reached} << (r % 64);
      }
      std::size_t k = 0;
      const auto same = [&] {
        return std::equal(bits.begin(), bits.end(),
                          seen.begin() + static_cast<std::ptrdiff_t>(k * words));
      };
      while (k < weights.size() && !same()) ++k;
      if (k == weights.size()) {
        seen.insert(seen.end(), bits.begin(), bits.end());
        weights.push_back(0);
      }
      weights[k] += points_[p].weight;
    }
    for (std::size_t k = 0; k < weights.size(); ++k) {
      emit(part, std::span(seen).subspan(k * words, words), weights[k], list, pool);
    }
  }

  static void emit(const Part& part, std::span<const std::uint64_t> bits, std::int64_t weight,
                   std::vector<int>& list, SetPool& pool) {
    list = part.full;
    for (std::size_t w = 0; w < bits.size(); ++w) {
      for (std::uint64_t left = bits[w]; left != 0; left &= left - 1) {
        list.push_back(part.rim[w * 64 + static_cast<std::size_t>(std::countr_zero(left))]);
      }
    }
    if (list.empty()) return;
    std::sort(list.begin(), list.end());
    pool.add(list, 0, weight);
  }

  const CoverProblem& problem_;
  const Within& within_;
  std::vector<Point>& points_;
};

}  // namespace

void SetPool::grow() {
  const std::size_t size = std::max<std::size_t>(64, 2 * slots_.size());
  slots_.assign(size, 0);
  for (std::size_t s = 0; s < hash_.size(); ++s) {
    std::size_t at = hash_[s] & (size - 1);
    while (slots_[at] != 0) at = (at + 1) & (size - 1);
    slots_[at] = static_cast<std::uint32_t>(s + 1);
  }
}

void SetPool::add(std::span<const int> list, int tag, std::int64_t weight) {
  if (2 * (size() + 1) > slots_.size()) grow();
  std::uint64_t hash = mixed(static_cast<std::uint64_t>(tag) ^ std::uint64_t{0x51ED270B0});
  for (const int item : list) hash = mixed(hash ^ static_cast<std::uint64_t>(item));
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    const std::size_t s = slots_[at] - 1;
    if (hash_[s] != hash || tag_[s] != tag) continue;
    const auto other = this->list(s);
    if (!std::equal(list.begin(), list.end(), other.begin(), other.end())) continue;
    weight_[s] += weight;
    return;
  }
  slots_[at] = static_cast<std::uint32_t>(size() + 1);
  items_.insert(items_.end(), list.begin(), list.end());
  first_.push_back(items_.size());
  hash_.push_back(hash);
  tag_.push_back(tag);
  weight_.push_back(weight);
}

SetPool reaching_sets(const CoverProblem& problem, const std::vector<std::int64_t>& weights,
                      int threads) {
  std::vector<Point> points;
  points.reserve(problem.demand.size());
  for (std::size_t d = 0; d < problem.demand.size(); ++d) {
    if (weights[d] > 0) points.push_back({problem.demand[d].x, problem.demand[d].y, weights[d]});
  }
  if (points.empty()) return {};
  const Within within(problem);
  const Splitter splitter(problem, within, points);
  std::vector<Part> parts{{0, points.size(), {}, {}}}, done;
  for (int s = 0; s < static_cast<int>(problem.sites.size()); ++s) parts[0].rim.push_back(s);
  // Split level by level until there are parts enough; what they are does not depend on threads.
  while (!parts.empty() && parts.size() + done.size() < kPartsAtOnce) {
    std::vector<Part> next;
    for (auto& part : parts) {
      const Box box = splitter.sort_sites(part);
      if (splitter.is_leaf(part, box)) {
        done.push_back(std::move(part));
        continue;
      }
      const std::size_t middle = splitter.split(part, box);
      next.push_back({part.begin, middle, part.full, part.rim});
      next.push_back({middle, part.end, std::move(part.full), std::move(part.rim)});
    }
    parts = std::move(next);
  }
  for (auto& part : parts) done.push_back(std::move(part));
  std::vector<SetPool> pools(done.size());
  parallel_for(done.size(), threads, [&](std::size_t i) { splitter.walk(done[i], pools[i]); });
  SetPool all;
  for (const auto& pool : pools) {
    for (std::size_t s = 0; s < pool.size(); ++s) all.add(pool.list(s), 0, pool.weight(s));
  }
  return all;
}

}  // namespace abatis::covering
