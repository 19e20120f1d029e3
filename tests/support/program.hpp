#pragma once
// Runs a program and returns what it printed and how it ended.

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace abatis::testing {

inline const std::string kProgram = ABATIS_BINARY_DIR "/bin/abatis";

struct Ended {
  int code = -1;  // exit status, or -1 when a signal ended it
  int signal = 0;
  std::string out, err;
};

// A program under way. Output goes to files, so it never blocks.
class Program {
 public:
  Program(const std::vector<std::string>& words, const std::string& folder) : folder_(folder) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    // Before the child starts: what an earlier program said in this folder is not its word.
    for (const char* name : {"out.txt", "err.txt"}) ::unlink((folder + "/" + name).c_str());
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("fork failed");
    if (pid_ == 0) {
      redirect("out.txt", STDOUT_FILENO);
      redirect("err.txt", STDERR_FILENO);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
  }
  void kill(int signal) const { ::kill(pid_, signal); }

  Ended wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    Ended ended;
    if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
    ended.out = slurp("out.txt");
    ended.err = slurp("err.txt");
    return ended;
  }
  std::string slurp(const char* name) const {
    std::string text;
    const int fd = ::open((folder_ + "/" + name).c_str(), O_RDONLY | O_CLOEXEC);
    char buffer[4096];
    for (ssize_t n = 0; fd >= 0 && (n = ::read(fd, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(n));
    }
    if (fd >= 0) ::close(fd);
    return text;
  }
  // Waits until standard output (or err.txt) holds `text`; false when that takes too long.
  bool says(const std::string& text, const char* where = "out.txt") const {
    for (int i = 0; i < 6000; ++i) {
      if (slurp(where).find(text) != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }

 private:
  void redirect(const char* name, int onto) const {
    const int fd = ::open((folder_ + "/" + name).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(fd, onto);
  }
  std::string folder_;
  pid_t pid_ = -1;
};

}  // namespace abatis::testing
