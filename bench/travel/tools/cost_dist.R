# cost_dist.R FRICTION.tif ROW COL OUT.tif: least costs by terra, timed.
# Friction in seconds per cell edge; the last line printed is JSON. terra marks targets by a value
# of the raster, here 0, which also is the friction of the target: its first moves cost less.
suppressMessages(library(terra))
words <- commandArgs(trailingOnly = TRUE)
terraOptions(memfrac = 0.9, progress = 0)

began <- proc.time()
friction <- rast(words[1]) * 1  # into memory
friction[as.integer(words[2]) + 1, as.integer(words[3]) + 1] <- 0
read <- proc.time() - began

began <- proc.time()
# scale: a metre as a share of a cell edge. It sweeps until nothing changes, or 50 times (its own
# default), which can be too few for roads that wind: how far it is off stands in the table.
cost <- costDist(friction, target = 0, scale = res(friction)[1])
compute <- proc.time() - began

began <- proc.time()
writeRaster(cost, words[4], overwrite = TRUE, datatype = "FLT8S")
write <- proc.time() - began
cat(sprintf(
  paste0(
    "{\"read_s\": %.3f, \"compute_s\": %.3f, \"compute_cpu_s\": %.3f, ",
    "\"write_s\": %.3f, \"cells\": %d}\n"
  ),
  read[["elapsed"]], compute[["elapsed"]], compute[["user.self"]] + compute[["sys.self"]],
  write[["elapsed"]], ncell(cost)
))
