#pragma once
// report.html: one file that opens from disk. The page itself is built from web/ and embedded; here
// its data is made and put in.

#include <string>
#include <string_view>

#include "abatis/base/error.hpp"
#include "facts.hpp"

namespace abatis::report {

// The built page, with kDataMark where the data belongs.
std::string_view page_template();
inline constexpr std::string_view kDataMark = "@ABATIS_DATA@";

// Standard Base64 (RFC 4648).
std::string base64(std::string_view bytes);

// `plan` is plan.json. Errors: a map layer that cannot be projected.
Result<std::string> make_page(const RunView& view, const Outcome& outcome, const Facts& facts,
                              const std::string& plan);

}  // namespace abatis::report
