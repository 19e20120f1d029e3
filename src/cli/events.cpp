#include "events.hpp"

#include <fmt/format.h>

namespace abatis::cli {

void tell_stages(Console& console, const std::vector<StageDone>& stages) {
  for (const StageDone& stage : stages) {
    console.event(fmt::format(
        R"({{"event":"stage","stage":{},"kept":{},"seconds":{:.3f},"said":{}}})",
        json_quote(to_string(stage.stage)), stage.cached, stage.seconds, json_quote(stage.said)));
  }
}

void tell_words(Console& console, const std::vector<std::string>& words, std::string_view event) {
  for (const std::string& line : words) {
    console.say(line);
    console.event(fmt::format(R"({{"event":"{}","said":{}}})", event, json_quote(line)));
  }
}

void tell_done(Console& console, const std::filesystem::path& out, std::size_t products,
               bool interrupted) {
  console.event(fmt::format(R"({{"event":"done","out":{},"products":{},"interrupted":{}}})",
                            json_quote(out.string()), products, interrupted));
}

}  // namespace abatis::cli
