#include "sweep.hpp"

#include "sweep.inl"

namespace abatis::sight_detail {

Kernels kernels_plain() {
  return make_kernels("plain");
}

}  // namespace abatis::sight_detail
