#include "steps.inl"

namespace abatis::interdiction {

Steps steps_plain() {
  return {step_pair, step_triple};
}

}  // namespace abatis::interdiction
