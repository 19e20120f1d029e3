// The text of an instance: parsed at the door, every fault with its line.

#include <charconv>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/text.hpp"
#include "abatis/interdict/interdict.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMaxErrors = 20;
constexpr std::int64_t kMaxNodes = 20'000'000;
constexpr std::int64_t kMaxArcs = 50'000'000;
constexpr std::uint64_t kMaxBytes = 2ULL << 30U;

// The word as it may stand in a message.
std::string shown(std::string_view word) {
  constexpr std::size_t kMost = 40;
  return valid_utf8(word.substr(0, kMost)) + (word.size() > kMost ? "..." : "");
}

class Reader {
 public:
  Reader(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {}

  tl::expected<InterdictProblem, Errors> read() {
    while (!text_.empty() && errors_.size() < kMaxErrors) {
      const auto end = text_.find('\n');
      std::string_view line = text_.substr(0, end);
      text_ = end == std::string_view::npos ? std::string_view{} : text_.substr(end + 1);
      ++line_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      read_line(line);
    }
    if (errors_.size() < kMaxErrors) check_whole();
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    return std::move(problem_);
  }

 private:
  void fault(std::string message, std::string hint) {
    if (errors_.size() >= kMaxErrors) return;
    errors_.push_back(
        {ErrorCode::input, std::move(message), {.file = name_, .line = line_}, std::move(hint)});
  }

  void split(std::string_view line) {
    words_.clear();
    constexpr std::string_view kSpace = " \t";
    for (auto begin = line.find_first_not_of(kSpace); begin != std::string_view::npos;) {
      const auto end = std::min(line.find_first_of(kSpace, begin), line.size());
      words_.push_back(line.substr(begin, end - begin));
      // Longer lines than any record are faults whatever follows.
      if (words_.size() > static_cast<std::size_t>(kMaxInterdictYears) + 2) return;
      begin = line.find_first_not_of(kSpace, end);
    }
  }

  // A whole number from `low` to `high`; a fault otherwise.
  std::optional<std::int64_t> number(std::size_t word, const char* what, std::int64_t low,
                                     std::int64_t high) {
    const std::string_view text = words_[word];
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size()) {
      fault(fmt::format("{} \"{}\" is no whole number", what, shown(text)),
            fmt::format("write a whole number from {} to {}", low, high));
      return std::nullopt;
    }
    if (value < low || value > high) {
      fault(fmt::format("{} {} is outside {} to {}", what, value, low, high),
            "correct it, or use a larger unit in the whole file");
      return std::nullopt;
    }
    return value;
  }

  bool words(std::size_t count, const char* form) {
    if (words_.size() == count) return true;
    fault(fmt::format("{} words, {} expected", words_.size(), count),
          fmt::format("write: {}", form));
    return false;
  }

  void read_line(std::string_view line) {
    split(line);
    if (words_.empty() || words_[0] == "c") return;
    const std::string_view kind = words_[0];
    if (kind == "p") return read_size();
    if (kind != "n" && kind != "b" && kind != "a") {
      return fault(fmt::format("\"{}\" begins no record", shown(kind)),
                   "a line begins with c, p, n, b or a");
    }
    if (!sized_) {
      if (!missing_said_) {
        fault("a record before the line of sizes", "begin with: p spni NODES ARCS YEARS");
      }
      missing_said_ = true;
      return;
    }
    if (kind == "n") return read_end();
    if (kind == "b") return read_budgets();
    read_arc();
  }

  void read_size() {
    constexpr const char* kForm = "p spni NODES ARCS YEARS";
    if (sized_) return fault("a second line of sizes", "keep one p line");
    if (!words(5, kForm)) return;
    if (words_[1] != "spni") {
      return fault(fmt::format("problem \"{}\" is not spni", shown(words_[1])),
                   fmt::format("write: {}", kForm));
    }
    const auto nodes = number(2, "number of nodes", 1, kMaxNodes);
    const auto arcs = number(3, "number of arcs", 0, kMaxArcs);
    const auto years = number(4, "number of years", 1, kMaxInterdictYears);
    if (!nodes || !arcs || !years) return;
    problem_.nodes = static_cast<int>(*nodes);
    arcs_ = *arcs;
    years_ = static_cast<std::size_t>(*years);
    sized_ = true;
  }

  void read_end() {
    if (!words(3, "n NODE s, or n NODE t")) return;
    const auto node = number(1, "node", 0, problem_.nodes - 1);
    if (!node) return;
    const bool source = words_[2] == "s";
    if (!source && words_[2] != "t") {
      return fault(fmt::format("\"{}\" is neither s nor t", shown(words_[2])),
                   "write s for the source, t for the sink");
    }
    bool& given = source ? source_given_ : sink_given_;
    if (given) return fault(source ? "a second source" : "a second sink", "keep one of them");
    given = true;
    (source ? problem_.source : problem_.sink) = static_cast<int>(*node);
  }

  void read_budgets() {
    if (!problem_.budgets.empty()) return fault("a second line of budgets", "keep one b line");
    if (words_.size() != years_ + 1) {
      return fault(fmt::format("{} budgets for {} years", words_.size() - 1, years_),
                   "write one budget for each year: b B1 B2 ...");
    }
    for (std::size_t y = 1; y <= years_; ++y) {
      const auto budget = number(y, "budget", 0, kMaxInterdictValue);
      if (!budget) return;
      problem_.budgets.push_back(*budget);
    }
  }

  void read_arc() {
    ++arcs_read_;
    if (!words(6, "a TAIL HEAD LENGTH DELAY COST")) return;
    const auto tail = number(1, "tail", 0, problem_.nodes - 1);
    const auto head = number(2, "head", 0, problem_.nodes - 1);
    const auto length = number(3, "length", 0, kMaxInterdictValue);
    const auto delay = number(4, "delay", 0, kMaxInterdictValue);
    const auto cost = number(5, "cost", 0, kMaxInterdictValue);
    if (!tail || !head || !length || !delay || !cost) return;
    problem_.arcs.push_back(
        {static_cast<int>(*tail), static_cast<int>(*head), *length, *delay, *cost});
  }

  void check_whole() {
    line_ = 0;
    if (!sized_) {
      if (!missing_said_) fault("no line of sizes", "begin with: p spni NODES ARCS YEARS");
      return;
    }
    if (!source_given_) fault("no source", "add a line: n NODE s");
    if (!sink_given_) fault("no sink", "add a line: n NODE t");
    if (problem_.budgets.empty() && errors_.empty()) fault("no budgets", "add a line: b B1 B2 ...");
    if (arcs_read_ != arcs_) {
      fault(fmt::format("{} arcs, but the p line says {}", arcs_read_, arcs_),
            "is the file whole? Else correct the p line");
    }
  }

  std::string_view text_;
  std::string name_;
  int line_ = 0;
  InterdictProblem problem_;
  Errors errors_;
  std::vector<std::string_view> words_;
  bool sized_ = false, missing_said_ = false, source_given_ = false, sink_given_ = false;
  std::int64_t arcs_ = 0, arcs_read_ = 0;
  std::size_t years_ = 0;
};

}  // namespace

tl::expected<InterdictProblem, Errors> parse_interdiction(std::string_view text,
                                                          const std::string& name) {
  return Reader(text, name).read();
}

tl::expected<InterdictProblem, Errors> read_interdiction(const std::filesystem::path& path) {
  const auto text = read_file(path, kMaxBytes);
  if (!text) return tl::unexpected(Errors{text.error()});
  return parse_interdiction(*text, path.string());
}

}  // namespace abatis
