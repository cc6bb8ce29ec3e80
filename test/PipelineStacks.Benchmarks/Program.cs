using PipelineStacks.Benchmarks;

// One class per benchmark; each checks the machine-independent ratios that the project promises and prints what it measured.
Dictionary<string, Func<BenchmarkOptions, Task<bool>>> benchmarks = new()
{
    ["conversion"] = ConversionBenchmark.RunAsync,
    ["etl"] = EtlBenchmark.RunAsync,
    ["iot"] = IotBenchmark.RunAsync,
    ["kinesis"] = KinesisBenchmark.RunAsync,
    ["pipeline"] = PipelineBenchmark.RunAsync,
    ["replication"] = ReplicationBenchmark.RunAsync,
    ["synth"] = SynthBenchmark.RunAsync,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    await Console.Error.WriteLineAsync($"Usage: benchmarks <{string.Join('|', benchmarks.Keys)}> [--rounds N] [--seconds N] [--json FILE]");
    return 2;
}

return await run(BenchmarkOptions.Parse(args[1..])) ? 0 : 1;
