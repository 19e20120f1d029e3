#include "abatis/report/law.hpp"

#include <fmt/format.h>

#include "csv.hpp"
#include "facts.hpp"
#include "json.hpp"
#include "law_facts.hpp"

namespace abatis {
namespace report {
namespace {

Json day_or_null(const std::optional<Date>& date) {
  return date ? Json(to_string(*date)) : Json(nullptr);
}

const std::string& state_id(const LawReport& law, int state) {
  static const std::string kNone;
  return state < 0 ? kNone : law.data.states[static_cast<std::size_t>(state)].id;
}
const Treaty* treaty_of(const LawReport& law, int treaty) {
  return treaty < 0 ? nullptr : &law.data.treaties[static_cast<std::size_t>(treaty)];
}

// Ids of sites, or none in the public edition, which says how many they are.
void add_sites(Json& row, const SiteSet& sites, const std::vector<int>& indices, bool open) {
  row["site_count"] = indices.size();
  row["sites"] = Json::array();
  if (open) return;
  for (const int s : indices) {
    row["sites"].push_back(text(sites.sites[static_cast<std::size_t>(s)].id));
  }
}

Json status_json(const LawReport& law) {
  Json out = Json::array();
  for (const StatusLine& line : law.findings.statuses) {
    const Treaty& treaty = law.data.treaties[static_cast<std::size_t>(line.treaty)];
    const TreatyAct* act = line.last.notice != nullptr ? line.last.notice : line.last.consent;
    out.push_back(
        {{"treaty", text(treaty.id)},
         {"name", text(treaty.name)},
         {"state", text(state_id(law, line.state))},
         {"in_force_first", line.first.in_force},
         {"in_force_last", line.last.in_force},
         {"since", day_or_null(line.last.since)},
         {"until", day_or_null(line.last.until)},
         {"words", text(line.last.words)},
         {"source", text(treaty.source)},
         {"provenance", text(act != nullptr ? act->provenance.source : treaty.provenance.source)}});
  }
  return out;
}

Json findings_json(const SiteSet& sites, const LawReport& law, bool open) {
  Json out = Json::array();
  for (const LawFinding& f : law.findings.findings) {
    const Check& check = law.data.checks[static_cast<std::size_t>(f.check)];
    const Treaty* treaty = treaty_of(law, f.treaty);
    Json row = {{"check", text(check.id)},
                {"title", text(check.title)},
                {"state", text_or_null(state_id(law, f.state))},
                {"treaty", treaty == nullptr ? Json(nullptr) : text(treaty->name)},
                {"article", text_or_null(f.article)},
                {"verdict", to_string(f.verdict)},
                {"evidence", text(f.evidence)},
                {"mend", text_or_null(f.mend)},
                {"from", to_string(f.from)},
                {"to", to_string(f.to)},
                {"source", treaty == nullptr ? Json(nullptr) : text(treaty->source)},
                {"provenance", text(check.provenance.source)}};
    add_sites(row, sites, f.sites, open);
    out.push_back(std::move(row));
  }
  return out;
}

Json commitments_json(const SiteSet& sites, const LawReport& law, bool open) {
  Json out = Json::array();
  for (const CommitmentFinding& f : law.findings.commitments) {
    const Commitment& c = law.data.commitments[static_cast<std::size_t>(f.commitment)];
    Json by = Json::array();
    for (const std::string& who : c.asked_by) by.push_back(text(who));
    Json row = {{"id", text(c.id)},
                {"asked_by", std::move(by)},
                {"text", text(c.text)},
                {"verdict", to_string(f.verdict)},
                {"evidence", text(f.evidence)},
                {"provenance", text(c.provenance.source)}};
    add_sites(row, sites, f.sites, open);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

Json law_object(const SiteSet& sites, const LawReport& law, bool open) {
  Json files = Json::array();
  for (const std::string& file : law.data.files) {
    // The name alone: products name no path of the machine that made them.
    files.push_back(text(std::filesystem::path(file).filename().string()));
  }
  const LawFindings& found = law.findings;
  return {{"no_legal_advice", kNoLegalAdvice},
          {"on", day_or_null(law.on)},
          {"first", to_string(found.first)},
          {"last", to_string(found.last)},
          {"data", {{"files", std::move(files)}, {"sha256", law.data.digest}}},
          {"counts",
           {{"met", found.count(Verdict::met)},
            {"not_met", found.count(Verdict::not_met)},
            {"not_claimed", found.count(Verdict::not_claimed)},
            {"not_applicable", found.count(Verdict::not_applicable)}}},
          {"status", status_json(law)},
          {"findings", findings_json(sites, law, open)},
          {"commitments", commitments_json(sites, law, open)}};
}

std::vector<Table> law_tables(const RunView& view) {
  if (view.law == nullptr) return {};
  return {{"tables/law.csv", "what the law and organisations ask, and what the plan does",
           law_csv(view.sites, *view.law, false)}};
}

std::string law_line(const LawReport& law) {
  const LawFindings& f = law.findings;
  return fmt::format(
      "Law, on the date of each action: {} findings met, {} not met, {} not claimed, {} not "
      "applicable. No legal advice.",
      f.count(Verdict::met), f.count(Verdict::not_met), f.count(Verdict::not_claimed),
      f.count(Verdict::not_applicable));
}

}  // namespace report

std::string law_json(const Scenario& scenario, const SiteSet& sites, const LawReport& law,
                     bool open) {
  report::Json json = {
      {"format", "abatis-law/1"},
      {"marking", open ? report::kPublicMarking : report::kMarking},
      {"scenario", {{"id", valid_utf8(scenario.id)}, {"title", valid_utf8(scenario.title)}}}};
  json.update(report::law_object(sites, law, open));
  return json.dump(2) + "\n";
}

std::string law_csv(const SiteSet& sites, const LawReport& law, bool open) {
  using namespace report;
  Csv csv({"kind", "id", "title", "state", "treaty", "article", "verdict", "evidence", "mend",
           "from", "to", "sites", "note"});
  const auto ids = [&](const std::vector<int>& indices) {
    if (open) return std::to_string(indices.size());
    std::string all;
    for (const int s : indices) {
      all += (all.empty() ? "" : " ") + sites.sites[static_cast<std::size_t>(s)].id;
    }
    return all;
  };
  for (const LawFinding& f : law.findings.findings) {
    const Check& check = law.data.checks[static_cast<std::size_t>(f.check)];
    const Treaty* treaty = treaty_of(law, f.treaty);
    csv.text("law").text(check.id).text(check.title).text(state_id(law, f.state));
    csv.text(treaty == nullptr ? "" : treaty->name).text(f.article).text(to_string(f.verdict));
    csv.text(f.evidence).text(f.mend).text(to_string(f.from)).text(to_string(f.to));
    csv.text(ids(f.sites)).text(kNoLegalAdvice).end();
  }
  for (const CommitmentFinding& f : law.findings.commitments) {
    const Commitment& c = law.data.commitments[static_cast<std::size_t>(f.commitment)];
    csv.text("voluntary").text(c.id).text(c.text).empty().empty().empty();
    csv.text(to_string(f.verdict)).text(f.evidence).empty().empty().empty();
    csv.text(ids(f.sites)).text(kNoLegalAdvice).end();
  }
  return csv.take();
}

std::vector<std::string> law_in_words(const LawReport& law) {
  using namespace report;
  const LawFindings& found = law.findings;
  std::vector<std::string> lines{
      kNoLegalAdvice, "",
      law.on ? fmt::format("As if every action were on {}:", to_string(*law.on))
             : fmt::format("Actions from {} to {}, each on its date:", to_string(found.first),
                           to_string(found.last))};
  for (const LawFinding& f : found.findings) {
    const Check& check = law.data.checks[static_cast<std::size_t>(f.check)];
    const Treaty* treaty = treaty_of(law, f.treaty);
    lines.push_back(fmt::format("{:<15}{:<13} {}: {}{}{}", to_string(f.verdict), check.id,
                                f.state < 0 ? "?" : state_id(law, f.state), check.title,
                                treaty == nullptr ? "" : " - " + treaty->name,
                                f.article.empty() ? "" : ", " + f.article));
    lines.push_back(fmt::format("    {}", f.evidence));
    if (!f.mend.empty()) lines.push_back(fmt::format("    to mend: {}", f.mend));
  }
  lines.emplace_back("");
  lines.emplace_back("Voluntary, asked for by humanitarian organisations:");
  for (const CommitmentFinding& f : found.commitments) {
    const Commitment& c = law.data.commitments[static_cast<std::size_t>(f.commitment)];
    lines.push_back(fmt::format("{:<15}{}", to_string(f.verdict), c.text));
    lines.push_back(fmt::format("    {}", f.evidence));
  }
  return lines;
}

}  // namespace abatis
