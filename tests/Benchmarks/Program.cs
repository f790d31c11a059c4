using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;

// Which suites, and how carefully, says the command line of BenchmarkDotNet: --list flat, --filter, --job.
// Its reports go where all runs write; --artifacts names another folder. Each suite is built as a project of its own,
// which on a busy machine takes longer than the 2 minutes that BenchmarkDotNet allows.
var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default)
    .WithBuildTimeout(TimeSpan.FromMinutes(20))
    .WithArtifactsPath(Path.Combine("results", "benchmarks"));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
    ? 1
    : 0;
