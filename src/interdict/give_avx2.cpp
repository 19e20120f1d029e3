#include "give.inl"

namespace abatis::interdiction {

Give give_avx2() {
  return give;
}

}  // namespace abatis::interdiction
