using PipelineStacks.Cli;

return await CommandLine.InvokeAsync(args, CliContext.OfProcess());
