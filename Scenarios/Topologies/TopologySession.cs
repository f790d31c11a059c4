using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Topologies;

/// <summary>
/// <c>topology</c>: grows overlays by one rule, fits each, and leaves a figure and tables. What document 002 has a
/// script for, which draws with a chance of (degree + 1)^-2, so avoids hubs, and looks at one histogram (SOURCES W21);
/// here the rule of the runs chooses, and the fit is that of the runs.
/// </summary>
internal static class TopologySession
{
    public static TopologyReport Run(TopologyRequest request, TextWriter messages, CancellationToken cancel)
    {
        var grown = new GrownTopology[request.Runs];
        using var progress = new TopologyProgress(request.Runs, request.Scenario.Peers.Count, messages);
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Threads, CancellationToken = cancel };
        try
        {
            Parallel.For(0, request.Runs, options, run =>
            {
                grown[run] = GrownTopology.Grow(request, run, progress.Joined, cancel);
                progress.Judged();
            });
        }
        catch (AggregateException all) when (all.InnerExceptions.All(each => each is OperationCanceledException))
        {
            throw new OperationCanceledException(cancel);
        }

        var report = TopologyReport.Of(request, grown, Math.Round(progress.Seconds, 3));
        try
        {
            TopologyFiles.Write(report, grown);
        }
        catch (Exception obstacle) when (obstacle is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{request.OutputDirectory}: cannot be written: {obstacle.Message}");
        }

        return report;
    }
}
