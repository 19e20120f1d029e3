#include "steps.hpp"

#include "abatis/base/simd.hpp"

namespace abatis::interdiction {

Steps steps_plain();
#if defined(__x86_64__)
Steps steps_avx2();
#endif

const Steps& chosen_steps() {
#if defined(__x86_64__)
  static const Steps kChosen = chosen_simd() == Simd::plain ? steps_plain() : steps_avx2();
#else
  static const Steps kChosen = steps_plain();
#endif
  return kChosen;
}

}  // namespace abatis::interdiction
