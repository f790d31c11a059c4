using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Progress;

/// <summary>
/// Chooses how to show progress: live on a terminal, plain lines into files and pipes, on stderr with JSON.
/// </summary>
internal static class RunProgress
{
    /// <param name="json">Whether stdout belongs to one JSON object.</param>
    public static IRunProgress Start(RunFacts facts, Terminal terminal, bool json, CancellationToken cancel)
    {
        var writer = terminal.MessagesOf(json);
        return terminal.WidthOf(writer) is null
            ? new PlainProgress(writer, facts, TimeProvider.System, cancel)
            : new LiveProgress(terminal.Rich(writer, isLive: true), facts, cancel);
    }
}
