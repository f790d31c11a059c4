using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Replaying;

/// <summary><c>replay</c>: a simulated run again, or the nodes of a recorded TCP run; then both compared.</summary>
internal static class ReplayRunner
{
    public static Task<ExitCode> RunAsync(ReplayRequest request, Terminal terminal, CancellationToken cancel) =>
        RunAsync(request, terminal, Console.IsInputRedirected ? null : Console.In, cancel);

    /// <param name="prompts">Where Enter is pressed between steps; null when nobody does.</param>
    public static async Task<ExitCode> RunAsync(
        ReplayRequest request, Terminal terminal, TextReader? prompts, CancellationToken cancel)
    {
        var messages = terminal.MessagesOf(request.Json);
        var origin = request.Folder is { } folder ? RunOrigin.Read(folder) : null;
        if (origin?.OtherProgram() is { } note) messages.WriteLine(note);
        var outcome = await Task.Run(
            () => request.Scenario.Runtime == RuntimeKind.Tcp && origin is not null
                ? ReplayRecordings(request, terminal, prompts, cancel)
                : Simulate(request, origin, terminal, prompts, cancel),
            CancellationToken.None);
        Tell(outcome, request, origin, messages);
        if (request.Json) JsonOption.WriteLine(terminal, outcome);
        return outcome.Equal == false || outcome.Reproduced == false ? ExitCode.Failed : ExitCode.Held;
    }

    private static ReplayOutcome Simulate(
        ReplayRequest request, RunOrigin? origin, Terminal terminal, TextReader? prompts, CancellationToken cancel)
    {
        if (origin is { ExitCode: (int)ExitCode.Cancelled })
            throw new UsageException($"{request.Folder}: the run was stopped by its user; there is nothing to compare");
        if (request.Scenario.Runtime == RuntimeKind.Tcp)
            throw new UsageException(
                $"{request.Loaded.DisplayName}: a scenario on TCP is no recorded run; name the folder of a run");
        var outcome = new SimulatedReplay(request, terminal.MessagesOf(request.Json)).Run(terminal, prompts, cancel);
        if (outcome.Replayed is null) return outcome;
        // A scenario file without a run has no fingerprint of its own to be compared with, but may name an invariant.
        return origin is null
            ? outcome with { Reproduced = Reproduces(request.Scenario, outcome) }
            : outcome with { Recorded = origin.Fingerprint, Equal = origin.Fingerprint == outcome.Replayed };
    }

    private static ReplayOutcome ReplayRecordings(
        ReplayRequest request, Terminal terminal, TextReader? prompts, CancellationToken cancel)
    {
        if (!Directory.Exists(Path.Combine(request.Folder!, RecordingIndex.Folder)))
            throw new UsageException(
                $"{request.Folder}: the run was on TCP and not recorded (--set outputs.recordInputs=true records one)");
        try
        {
            return new RecordedReplay(request, terminal.MessagesOf(request.Json)).Run(terminal, prompts, cancel);
        }
        catch (InvalidDataException unreadable)
        {
            throw new UsageException(unreadable.Message);
        }
    }

    private static void Tell(ReplayOutcome outcome, ReplayRequest request, RunOrigin? origin, TextWriter messages)
    {
        if (outcome.First is { } first)
        {
            messages.WriteLine(
                $"Different: {first.Node}, process {first.Start}, input {first.Input}\n"
                + $"  recorded: {first.Recorded ?? "nothing more"}\n  replayed: {first.Replayed ?? "nothing more"}");
        }

        if (outcome.Equal is { } equal)
        {
            var what = outcome.Processes > 0 ? $"{outcome.Processes} processes, hash" : "fingerprint";
            messages.WriteLine(equal
                ? $"Equal: {outcome.Inputs:N0} inputs, {what} {outcome.Replayed}"
                : $"Not equal: {what} {outcome.Recorded} then, {outcome.Replayed} now");
        }

        if (origin is null && outcome.Replayed is not null) TellViolations(outcome, request, messages);
    }

    private static void TellViolations(ReplayOutcome outcome, ReplayRequest request, TextWriter messages)
    {
        var broken = outcome.Violated is { Count: > 0 } names ? string.Join(", ", names) : "no invariant";
        messages.WriteLine($"{request.Scenario.Name}: {broken} broken, fingerprint {outcome.Replayed}");
        if (outcome.Reproduced is { } reproduced)
            messages.WriteLine(reproduced
                ? $"Reproduced: {request.Scenario.Reproduces!.Invariant} is broken, as this file says."
                : $"Not reproduced: {request.Scenario.Reproduces!.Invariant} holds.");
    }

    /// <summary>Null when the file names nothing to reproduce.</summary>
    private static bool? Reproduces(Scenario scenario, ReplayOutcome outcome) =>
        scenario.Reproduces is { } target ? outcome.Violated!.Contains(target.Invariant) : null;
}
