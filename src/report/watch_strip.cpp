// The border as a strip: chainage to the right, one row a year, day, night and fog.

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "facts.hpp"
#include "text.hpp"
#include "watch.hpp"

namespace abatis::report {
namespace {

constexpr double kStripWidth = 1100, kLeft = 70, kRight = 20, kRow = 14, kPanelGap = 34, kTop = 46;
constexpr std::string_view kColours[] = {"#f2d8d5", "#9ec9e2", "#3787c0", "#084a91"};
constexpr std::string_view kLabels[] = {"none", "one sensor", "two", "three or more"};

double nice_step(double length_km) {
  for (const double step : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0}) {
    if (length_km / step <= 16) return step;
  }
  return 200;
}

class Strip {
 public:
  explicit Strip(const WatchView& view) : view_(view) {}

  std::string draw() {
    const auto years = static_cast<double>(view_.watch.seen.size());
    const double panel = years * kRow;
    const double height = kTop + kConditions * (panel + kPanelGap) + 24;
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
        "width=\"{0:.0f}\" "
        "height=\"{1:.0f}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" "
        "height=\"100%\" fill=\"#fff\"/>\n<text x=\"{2:.0f}\" y=\"18\" font-size=\"15\" "
        "font-weight=\"bold\">Land border seen, by year</text>\n<text x=\"{3:.0f}\" y=\"18\" "
        "text-anchor=\"end\" fill=\"#666\">{4}</text>\n",
        kStripWidth, height, kLeft, kStripWidth - kRight, kMarking);
    legend();
    for (int c = 0; c < kConditions; ++c) {
      rows(static_cast<std::size_t>(c), kTop + c * (panel + kPanelGap) + 16);
      hidden(kTop + c * (panel + kPanelGap) + 16 + panel + 1);
    }
    axis(height - 14, panel);
    return out_ + "</svg>\n";
  }

 private:
  double x(double chainage_m) const {
    return kLeft + chainage_m / view_.watch.border_m * (kStripWidth - kLeft - kRight);
  }

  void legend() {
    double at = kLeft;
    for (std::size_t i = 0; i < std::size(kColours); ++i) {
      out_ += fmt::format(
          "<rect x=\"{:.0f}\" y=\"28\" width=\"14\" height=\"12\" fill=\"{}\"/><text x=\"{:.0f}\" "
          "y=\"38\">{}</text>\n",
          at, kColours[i], at + 19, kLabels[i]);
      at += 110;
    }
    out_ += fmt::format(
        "<rect x=\"{:.0f}\" y=\"32\" width=\"14\" height=\"5\" fill=\"#5b6b4a\"/><text "
        "x=\"{:.0f}\" "
        "y=\"38\">no candidate would see it by day</text>\n",
        at, at + 19);
  }

  void rows(std::size_t condition, double top) {
    out_ += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" font-weight=\"bold\">{}</text>\n", kLeft,
                        top - 5, to_string(static_cast<Conditions>(condition)));
    for (std::size_t y = 0; y < view_.watch.seen.size(); ++y) {
      const double row = top + static_cast<double>(y) * kRow;
      out_ += fmt::format(
          "<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\" font-size=\"11\">{}</text>\n",
          kLeft - 6, row + 11, view_.year(static_cast<int>(y)));
      one_year(y, condition, row);
    }
  }

  // Points of the same count that touch are one rectangle.
  void one_year(std::size_t y, std::size_t condition, double row) {
    const auto& points = view_.watch.border;
    const auto shade = [&](std::size_t p) {
      return std::min<std::size_t>(view_.watch.seen[y][p][condition], std::size(kColours) - 1);
    };
    for (std::size_t p = 0; p < points.size();) {
      std::size_t last = p;
      while (last + 1 < points.size() && shade(last + 1) == shade(p)) ++last;
      const double from = x(points[p].chainage_m - points[p].length_m / 2);
      const double to = x(points[last].chainage_m + points[last].length_m / 2);
      out_ += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n",
          from, row, to - from, kRow - 1, kColours[shade(p)]);
      p = last + 1;
    }
  }

  // Under the rows: where no candidate would see anything by day.
  void hidden(double y) {
    const auto& points = view_.watch.border;
    for (std::size_t p = 0; p < points.size();) {
      std::size_t last = p;
      while (last + 1 < points.size() && view_.watch.seeable[last + 1] == view_.watch.seeable[p]) {
        ++last;
      }
      if (view_.watch.seeable[p] == 0) {
        const double from = x(points[p].chainage_m - points[p].length_m / 2);
        const double to = x(points[last].chainage_m + points[last].length_m / 2);
        out_ += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"5\" fill=\"#5b6b4a\"/>\n",
            from, y, to - from);
      }
      p = last + 1;
    }
  }

  void axis(double y, double panel) {
    const double length_km = view_.watch.border_m / 1000;
    const double step = nice_step(length_km);
    for (double km = 0; km <= length_km; km += step) {
      out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:g}</text>\n",
                          x(km * 1000), y, km);
    }
    out_ += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">km</text>\n",
                        kLeft - 14, y);
    // Stretches that do not touch.
    const auto& points = view_.watch.border;
    for (std::size_t p = 1; p < points.size(); ++p) {
      if (points[p].stretch == points[p - 1].stretch) continue;
      const double at = x(points[p].chainage_m - points[p].length_m / 2);
      for (int c = 0; c < kConditions; ++c) {
        const double top = kTop + c * (panel + kPanelGap) + 16;
        out_ += fmt::format(
            "<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"#333\" "
            "stroke-dasharray=\"3 2\"/>\n",
            at, top - 3, top + panel);
      }
    }
  }

  const WatchView& view_;
  std::string out_;
};

}  // namespace

std::string watch_strip_svg(const WatchView& view) {
  return Strip(view).draw();
}

}  // namespace abatis::report
