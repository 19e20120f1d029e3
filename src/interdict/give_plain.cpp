#include "give.inl"

namespace abatis::interdiction {

Give give_plain() {
  return give;
}

}  // namespace abatis::interdiction
