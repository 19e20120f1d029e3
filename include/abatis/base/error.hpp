#pragma once
// Errors carry where and what to do. Edges where input can be wrong return Result<T>;
// exceptions are kept for bugs and exhausted memory.

#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace abatis {

enum class ErrorCode {
  input,        // a file, value or argument is wrong            -> exit 2
  io,           // disk full, unwritable folder, read failure     -> exit 1
  limit,        // memory, time or size would exceed what is set  -> exit 1
  infeasible,   // no plan satisfies the rules                    -> exit 3
  interrupted,  // stopped by the user; results so far are kept   -> exit 130
  internal,     // a broken invariant of ours                     -> exit 1
};

// Place of the fault. Empty fields are left out when printed.
struct Where {
  std::string file;
  int line = 0;      // 1-based, 0 = unknown
  int column = 0;    // 1-based, in characters
  std::string item;  // layer, key, cell, feature
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // the value, the limit, what was expected
  Where where;
  std::string hint;  // what to do; may name the nearest match
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

// Several errors at once, for files that are checked whole.
using Errors = std::vector<Error>;

// `file:line:column: error: message [item]\n  hint: ...`
std::string to_string(const Error& error);

int exit_code(ErrorCode code);

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, Where where = {},
                                  std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where), std::move(hint)});
}

inline tl::unexpected<Error> input_error(std::string message, Where where = {},
                                         std::string hint = {}) {
  return fail(ErrorCode::input, std::move(message), std::move(where), std::move(hint));
}

// One error where several may be told.
inline tl::unexpected<Errors> failed(Error error) {
  return tl::unexpected<Errors>(Errors{std::move(error)});
}

}  // namespace abatis

// ABATIS_TRY(auto x, f()): binds the value, or returns the error of f() from this function.
#define ABATIS_CAT_(a, b) a##b
#define ABATIS_CAT(a, b) ABATIS_CAT_(a, b)
#define ABATIS_TRY(declaration, expression) \
  ABATIS_TRY_(ABATIS_CAT(result_, __LINE__), declaration, expression)
#define ABATIS_TRY_(name, declaration, expression)                          \
  auto name = (expression);                                                 \
  if (!name) return tl::unexpected<abatis::Error>(std::move(name).error()); \
  declaration = std::move(*name)
#define ABATIS_CHECK(expression) ABATIS_CHECK_(ABATIS_CAT(status_, __LINE__), expression)
#define ABATIS_CHECK_(name, expression) \
  if (auto name = (expression); !name) return tl::unexpected<abatis::Error>(std::move(name).error())
