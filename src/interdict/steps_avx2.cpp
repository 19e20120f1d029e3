#include "steps.inl"

namespace abatis::interdiction {

Steps steps_avx2() {
  return {step_pair, step_triple};
}

}  // namespace abatis::interdiction
