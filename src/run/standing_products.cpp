#include "standing_products.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/hash.hpp"

namespace abatis {

std::string products_key(const std::string& key, double gap, const std::string& plan) {
  Hasher hasher;
  hasher.text(key);
  hasher.text(fmt::format("{}", gap));
  hasher.text(plan);
  return hasher.hex();
}

Result<std::string> describe_products(const StandingProducts& products,
                                      const std::filesystem::path& out) {
  nlohmann::json stored{{"words", products.words}, {"products", nlohmann::json::array()}};
  for (const auto& file : products.files) {
    ABATIS_TRY(const std::string digest, sha256_file(out / file));
    stored["products"].push_back({{"file", file}, {"sha256", digest}});
  }
  return stored.dump();
}

std::optional<StandingProducts> standing_products(std::string_view stored,
                                                  const std::filesystem::path& out) {
  const auto json = nlohmann::json::parse(stored, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  StandingProducts products;
  for (const auto& product : json["products"]) {
    const auto name = product["file"].get<std::string>();
    const auto digest = sha256_file(out / name);
    if (!digest || *digest != product["sha256"].get<std::string>()) return std::nullopt;
    products.files.push_back(name);
  }
  products.words = json["words"].get<std::vector<std::string>>();
  return products;
}

}  // namespace abatis
