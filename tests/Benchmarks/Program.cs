using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;

// Which suites, and how carefully, says the command line of BenchmarkDotNet: --list flat, --filter, --job.
// Its reports go where all runs write; --artifacts names another folder.
var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default)
    .WithArtifactsPath(Path.Combine("results", "benchmarks"));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
    ? 1
    : 0;
