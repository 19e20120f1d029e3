#include "abatis/base/monitor.hpp"

namespace abatis {

Monitor& silent_monitor() {
  static Monitor monitor;
  return monitor;
}

}  // namespace abatis
