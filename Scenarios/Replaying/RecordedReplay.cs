using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// A recorded TCP run again: every process by itself, all of them in the order of the clock that they shared, and each
/// compared with what it did then.
/// </summary>
internal sealed class RecordedReplay(ReplayRequest request, TextWriter messages)
{
    /// <exception cref="InvalidDataException">A recording cannot be read.</exception>
    public ReplayOutcome Run(Terminal terminal, TextReader? prompts, CancellationToken cancel)
    {
        var directory = Path.Combine(request.Folder!, RecordingIndex.Folder);
        var index = RecordingIndex.Read(directory);
        index.RequireAll(directory);
        var settings = ProtocolSettings.Of(request.Scenario, index.Zero);
        var facts = FactsOfRun.Of(request.Scenario, settings);
        using var view = new ReplayView(facts, request, messages, prompts, cancel);
        if (index.ScenarioStart is { } start) view.MarkScenarioStart(start);

        var recordings = RecordingFile.OpenAll(directory, settings.Own?.Protocol.Messages);
        List<ReplayedProcess> processes = [.. recordings.Select(recording =>
            new ReplayedProcess(settings.FactoryOf(PlaceOf(recording.Address, settings)), recording))];
        try
        {
            ReplayInOrder(processes, view);
            view.Conclude();
            cancel.ThrowIfCancellationRequested();
            if (request.UntilSeconds is not null && !request.Step)
                NetworkStateTable.Print(view, request, terminal, messages);
            var isWhole = !view.Stop.IsCancellationRequested;
            return OutcomeOf([.. processes.Select(process => process.Result)], isWhole);
        }
        finally
        {
            foreach (var process in processes) process.Dispose();
        }
    }

    private static int PlaceOf(NodeAddress address, ProtocolSettings settings)
    {
        var place = settings.Plan.IndexOf(address);
        return place >= 0
            ? place
            : throw new InvalidDataException($"there is a recording of {address}, which is no node of the scenario");
    }

    /// <summary>By the clock, and at equal times by address: so a replay is the same each time.</summary>
    private static void ReplayInOrder(List<ReplayedProcess> processes, ReplayView view)
    {
        var soonest = new PriorityQueue<ReplayedProcess, (long At, int Process)>();
        for (var place = 0; place < processes.Count; place++)
            if (processes[place].Next is { } begins) soonest.Enqueue(processes[place], (begins.Microseconds, place));

        while (!view.Stop.IsCancellationRequested && soonest.TryDequeue(out var process, out var turn))
        {
            Show(process.Step(), view);
            if (process.Next is { } next) soonest.Enqueue(process, (next.Microseconds, turn.Process));
        }
    }

    private static void Show(in ReplayedEntry entry, ReplayView view)
    {
        var (node, at) = (entry.Node, entry.Recorded.At);
        if (entry.Recorded.HostEvent is { } hostEvent) view.HostDid(node, hostEvent, at);
        if (entry.Recorded.Input is not { } input) return;
        if (input.Kind == InputKind.Start) view.Report(node, at, StartOf(entry));
        view.Handled(node, input, entry.Outputs);
        foreach (var output in entry.Outputs)
            if (output.Kind == OutputKind.Reported) view.Report(node, at, output.Event);
    }

    private static ProtocolEvent StartOf(in ReplayedEntry entry) => new(
        EventKind.ProcessStarted, Number: entry.StartNumber, Detail: entry.NodeId);

    private ReplayOutcome OutcomeOf(IReadOnlyList<ReplayResult> results, bool isWhole)
    {
        var first = results.Where(result => !result.IsEqual).Select(result => new ProcessDifference(
            result.Address.ToString(), result.StartNumber, result.First!.Input, result.First.Recorded,
            result.First.Replayed)).FirstOrDefault();
        return new ReplayOutcome(
            request.Scenario.Name, "tcp", first is not null ? false : isWhole ? true : null,
            Together(results, result => result.RecordedHash), Together(results, result => result.ReplayedHash),
            Processes: results.Count, Inputs: results.Sum(result => (long)result.Inputs), First: first);
    }

    private static string Together(IReadOnlyList<ReplayResult> results, Func<ReplayResult, ulong> hashOf) => results
        .Aggregate(0UL, (sum, result) =>
            Mix64.Of(sum ^ result.Address.Packed, (ulong)result.StartNumber, hashOf(result)))
        .ToString("x16", CultureInfo.InvariantCulture);
}
