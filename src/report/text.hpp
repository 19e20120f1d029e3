#pragma once
// Numbers and text as a reader or a CSV file wants them.

#include <cstdint>
#include <string>
#include <string_view>

#include "abatis/base/text.hpp"

namespace abatis::report {

double rounded(double value, double parts = 1000);    // to 1 / parts
std::string grouped(std::int64_t value);              // 1,234,567
std::string fixed(double value, int decimals);        // 1,234.5; "not finite" is "-"
std::string million_eur(double eur);                  // "812.0 M EUR"
std::string duration(double seconds);                 // "3 h 05 min", "12 min", "48 s", "2.2 s"
std::string percent(double share, int decimals = 1);  // "3.1 %"

// RFC 4180: quoted where needed, quotes doubled. Text that a spreadsheet would take for a formula
// (it starts with = + - @, a tab or a return) gets a leading apostrophe: names come from public
// data that anybody can edit.
std::string csv_text(std::string_view text);
std::string csv_number(double value);  // shortest that reads back; "" if not finite

// An id as part of a file name: lower case, anything but letters, digits, - and _ becomes _.
std::string safe_name(const std::string& id);
// Latin letters of the region without their marks: "Suwałki" is "Suwalki". The rest stays.
std::string without_marks(std::string text);

// JSON made safe inside <script>: no "</", no "<!--", no line separators U+2028 and U+2029.
// The result is the same JSON value.
std::string json_for_script(std::string_view json);

}  // namespace abatis::report
