#include "ascent.hpp"

#include <algorithm>

#include "abatis/base/numbers.hpp"

namespace abatis::interdiction {

Ascent::Ascent(const Layer& layer, Cost blocked) : layer_(layer), blocked_(blocked) {}

void Ascent::clear(LayerState& state) const {
  state.messages.message.assign(layer_.message_size, 0);
  state.messages.least.assign(at(layer_.nodes()), 0);
  state.messages.value = 0;
}

const std::vector<Cost>& Ascent::costs(const LayerState& state, int v) {
  const Label lo = state.domains.lo[at(v)];
  const auto labels = at(state.domains.hi[at(v)] - lo + 1);
  const auto from = at(lo - layer_.root.lo[at(v)]);
  cost_.assign(labels, 0);
  for (int i = layer_.first[at(v)]; i < layer_.first[at(v) + 1]; ++i) {
    const auto& link = layer_.incident[at(i)];
    const auto& arc = layer_.arcs[at(link.arc)];
    const Cost* message =
        state.messages.message.data() + (link.head ? arc.head_at : arc.tail_at) + from;
    for (std::size_t k = 0; k < labels; ++k) cost_[k] += message[k];
  }
  return cost_;
}

void Ascent::begin_with_ways(LayerState& state, Cost room) {
  std::vector<Label> length;
  for (const auto& arc : layer_.arcs) length.push_back(arc.length);
  std::vector<int> way;
  std::vector<Cost> before, gathered;
  Cost sum = 0;
  while (sum <= room && short_way(layer_, length, way)) {
    gathered.assign(1, 0);
    bool sold = false;
    for (const int e : way) {
      const auto& arc = layer_.arcs[at(e)];
      const Label lo = state.domains.lo[at(arc.head)];
      const auto labels = at(state.domains.hi[at(arc.head)] - lo + 1);
      const Cost* theirs =
          state.messages.message.data() + arc.head_at + (lo - layer_.root.lo[at(arc.head)]);
      before.assign(theirs, theirs + labels);
      left_ = cost_ = gathered;
      send(state, arc.tail, {e, arc.head, false}, 1);
      gathered.resize(labels);
      for (std::size_t j = 0; j < labels; ++j) gathered[j] = theirs[j] - before[j];
      if (state.domains.delay[at(e)] == 0) continue;
      length[at(e)] = kFar;
      sold = true;
    }
    sum += gathered.back();
    if (!sold) break;
  }
  sum_up(state);
}

void Ascent::sum_up(LayerState& state) {
  auto& messages = state.messages;
  messages.value = 0;
  for (int v = 0; v < layer_.nodes(); ++v) {
    const auto& cost = costs(state, v);
    messages.least[at(v)] = *std::min_element(cost.begin(), cost.end());
    messages.value += messages.least[at(v)];
  }
}

void Ascent::complete(LayerState& state) const {
  auto& message = state.messages.message;
  for (std::size_t e = 0; e < layer_.arcs.size(); ++e) {
    const auto& arc = layer_.arcs[e];
    const Label head_lo = state.domains.lo[at(arc.head)];
    const Label head_hi = state.domains.hi[at(arc.head)];
    const Label delay = state.domains.delay[e];
    const Cost* head = message.data() + arc.head_at - layer_.root.lo[at(arc.head)];
    Cost* tail = message.data() + arc.tail_at - layer_.root.lo[at(arc.tail)];
    for (Label i = state.domains.lo[at(arc.tail)]; i <= state.domains.hi[at(arc.tail)]; ++i) {
      Cost rest = blocked_ - head[head_hi];
      const Label free = std::min(head_hi, i + arc.length);
      if (free >= head_lo) rest = std::min(rest, -head[free]);
      const Label paid = std::min(head_hi, i + arc.length + delay);
      if (delay > 0 && paid >= head_lo) rest = std::min(rest, state.price[e] - head[paid]);
      tail[i] = rest;
    }
  }
}

// left_: what v keeps of the arc's message, by label; the arc's other end gets the rest.
void Ascent::send(LayerState& state, int v, const Incident& link, Cost share) {
  const auto& arc = layer_.arcs[at(link.arc)];
  const Label lo = state.domains.lo[at(v)];
  const auto labels = static_cast<Label>(left_.size());
  auto& message = state.messages.message;
  Cost* own =
      message.data() + (link.head ? arc.head_at : arc.tail_at) + (lo - layer_.root.lo[at(v)]);
  const Label other_lo = state.domains.lo[at(link.other)];
  const Label others = state.domains.hi[at(link.other)] - other_lo + 1;
  Cost* theirs = message.data() + (link.head ? arc.tail_at : arc.head_at) +
                 (other_lo - layer_.root.lo[at(link.other)]);
  const Label delay = state.domains.delay[at(link.arc)];
  const Cost price = delay > 0 ? state.price[at(link.arc)] : blocked_;
  best_.resize(at(labels));
  for (Label i = 0; i < labels; ++i) {
    const Cost given = left_[at(i)] / share;
    cost_[at(i)] -= given;
    own[i] -= given;
    best_[at(i)] = -own[i];
  }
  if (link.head) {  // to the tail: the cheapest label up to its own and the length
    for (Label i = 1; i < labels; ++i) best_[at(i)] = std::min(best_[at(i)], best_[at(i - 1)]);
    for (Label i = 0; i < others; ++i) {
      const Label free = other_lo + i + arc.length - lo;
      const Label paid = free + delay;
      Cost cost = blocked_ + best_[at(labels - 1)];
      if (free >= 0) cost = std::min(cost, best_[at(std::min(labels - 1, free))]);
      if (paid >= 0) cost = std::min(cost, price + best_[at(std::min(labels - 1, paid))]);
      theirs[i] = cost;
    }
    return;
  }
  for (Label i = labels - 2; i >= 0; --i) best_[at(i)] = std::min(best_[at(i)], best_[at(i + 1)]);
  for (Label j = 0; j < others; ++j) {
    const Label free = other_lo + j - arc.length - lo;
    const Label paid = free - delay;
    Cost cost = blocked_ + best_[0];
    if (free < labels) cost = std::min(cost, best_[at(std::max<Label>(0, free))]);
    if (paid < labels) cost = std::min(cost, price + best_[at(std::max<Label>(0, paid))]);
    theirs[j] = cost;
  }
}

bool Ascent::pass(LayerState& state, bool forward, Cost room) {
  auto& messages = state.messages;
  for (int step = 0; step < layer_.nodes(); ++step) {
    const int v = forward ? step : layer_.nodes() - 1 - step;
    costs(state, v);
    const Cost least = *std::min_element(cost_.begin(), cost_.end());
    messages.value += least - messages.least[at(v)];
    messages.least[at(v)] = least;
    if (messages.value > room) return false;
    const Cost most = room - messages.value + least;
    std::size_t begin = 0, end = cost_.size();
    while (cost_[begin] > most) ++begin;
    while (cost_[end - 1] > most) --end;
    if (begin > 0 || end < cost_.size()) {
      state.domains.hi[at(v)] = state.domains.lo[at(v)] + static_cast<Label>(end) - 1;
      state.domains.lo[at(v)] += static_cast<Label>(begin);
      cost_.erase(cost_.begin() + static_cast<std::ptrdiff_t>(end), cost_.end());
      cost_.erase(cost_.begin(), cost_.begin() + static_cast<std::ptrdiff_t>(begin));
    }
    int ahead = 0, behind = 0;
    for (int i = layer_.first[at(v)]; i < layer_.first[at(v) + 1]; ++i) {
      ((layer_.incident[at(i)].other > v) == forward ? ahead : behind)++;
    }
    if (ahead == 0) continue;
    left_.resize(cost_.size());
    for (std::size_t i = 0; i < cost_.size(); ++i) left_[i] = cost_[i] - least;
    for (int i = layer_.first[at(v)]; i < layer_.first[at(v) + 1]; ++i) {
      const auto& link = layer_.incident[at(i)];
      if ((link.other > v) == forward) send(state, v, link, std::max(ahead, behind));
    }
    const Cost kept = *std::min_element(cost_.begin(), cost_.end());
    messages.value += kept - least;
    messages.least[at(v)] = kept;
  }
  return true;
}

// With the arc bought: the cheapest pair of labels that need it, each above the cheapest of its
// node.
bool Ascent::too_dear(const LayerState& state, std::size_t e, Cost room) {
  const auto& arc = layer_.arcs[e];
  const auto& [lo, hi, delays] = state.domains;
  const Label tail_lo = lo[at(arc.tail)], tail_hi = hi[at(arc.tail)];
  const Label head_lo = lo[at(arc.head)], head_hi = hi[at(arc.head)];
  const auto& message = state.messages.message;
  const Cost* tail = message.data() + arc.tail_at + (tail_lo - layer_.root.lo[at(arc.tail)]);
  const Cost* head = message.data() + arc.head_at + (head_lo - layer_.root.lo[at(arc.head)]);
  const Cost* tail_above = above_.data() + above_at_[at(arc.tail)];
  const Cost* head_above = above_.data() + above_at_[at(arc.head)];
  const Cost most = room - state.messages.value - state.price[e];
  // Tails that fit head j are those from j - length - delay to j - length - 1: a window that
  // slides; best_ holds the places of those that may be its least.
  best_.clear();
  std::size_t front = 0;
  Label next = tail_lo;
  const auto tail_cost = [&](Label i) { return tail_above[i - tail_lo] - tail[i - tail_lo]; };
  for (Label j = head_lo; j <= head_hi; ++j) {
    for (; next <= std::min(tail_hi, j - arc.length - 1); ++next) {
      while (best_.size() > front && tail_cost(best_.back()) >= tail_cost(next)) best_.pop_back();
      best_.push_back(next);
    }
    while (front < best_.size() && best_[front] < j - arc.length - delays[e]) ++front;
    if (front == best_.size()) continue;
    if (tail_cost(best_[front]) + head_above[j - head_lo] - head[j - head_lo] <= most) return false;
  }
  return true;
}

bool Ascent::give_up_arcs(LayerState& state, Cost room) {
  above_.clear();
  above_at_.clear();
  for (int v = 0; v < layer_.nodes(); ++v) {
    above_at_.push_back(above_.size());
    for (const Cost cost : costs(state, v)) above_.push_back(cost - state.messages.least[at(v)]);
  }
  bool any = false;
  for (std::size_t e = 0; e < layer_.arcs.size(); ++e) {
    if (state.domains.delay[e] == 0 || !too_dear(state, e, room)) continue;
    state.domains.delay[e] = 0;
    any = true;
  }
  return any;
}

bool Ascent::settle(LayerState& state, int most, Cost least_gain, Cost room) {
  for (int i = 0; i < most; ++i) {
    const Cost before = state.messages.value;
    if (!pass(state, true, room) || !pass(state, false, room)) return false;
    if (!propagate(layer_, state.domains)) return false;
    if (state.messages.value - before < least_gain) break;
  }
  return !give_up_arcs(state, room) || propagate(layer_, state.domains);
}

}  // namespace abatis::interdiction
