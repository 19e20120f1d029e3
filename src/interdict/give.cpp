#include "give.hpp"

#include "abatis/base/simd.hpp"

namespace abatis::interdiction {

Give give_plain();
#if defined(__x86_64__)
Give give_avx2();
#endif

Give chosen_give() {
#if defined(__x86_64__)
  static const Give kChosen = chosen_simd() == Simd::plain ? give_plain() : give_avx2();
  return kChosen;
#else
  return give_plain();
#endif
}

}  // namespace abatis::interdiction
