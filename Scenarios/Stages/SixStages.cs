using System.Diagnostics;
using System.Net.Sockets;

namespace GossipSim.Scenarios.Stages;

/// <summary>
/// Document 003's suite, with its fifteen checks in the stronger form of SOURCES section 4.1. Each builds on what those
/// before it did; one that fails ends none of the others.
/// </summary>
internal static class SixStages
{
    public static readonly IReadOnlyList<Stage> All =
    [
        new(1, "sockets and JSON framing", [SocketChecks.Connect, SocketChecks.Framing, SocketChecks.Schema]),
        new(2, "seed registration", [RegistrationChecks.Quorum, RegistrationChecks.Spread,
            RegistrationChecks.Agreement]),
        new(3, "overlay formation", [OverlayChecks.Formation, OverlayChecks.Acceptance]),
        new(4, "gossip", [GossipChecks.Delivery, GossipChecks.Duplicates]),
        new(5, "failure detection", [FailureChecks.Kill, FailureChecks.Removal]),
        new(6, "security, and the log", [SecurityChecks.FalseReports, SecurityChecks.SecondRegistration,
            LogCheck.Log]),
    ];

    public static async Task<SuiteOutcome> RunAsync(
        TestStand stand, IStageProgress progress, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        var stages = new List<StageOutcome>();
        var number = 0;
        foreach (var stage in All)
        {
            progress.Begin(stage);
            var outcomes = new List<CheckOutcome>();
            foreach (var check in stage.Checks)
            {
                progress.Begin(++number, check);
                var outcome = await RunAsync(number, check, stand).WaitAsync(cancel);
                progress.End(outcome);
                outcomes.Add(outcome);
            }

            stages.Add(new StageOutcome(stage.Number, stage.Name, outcomes));
        }

        return new SuiteOutcome(
            stages.Sum(stage => stage.Checks.Count(check => check.Passed)), number, Seconds(begun),
            Path.GetDirectoryName(stand.Network.OutputFile)!, stages);
    }

    private static async Task<CheckOutcome> RunAsync(int number, Check check, TestStand stand)
    {
        var begun = Stopwatch.GetTimestamp();
        var seen = new Observation();
        try
        {
            await check.LookAsync(stand, seen);
        }
        catch (Exception error)
            when (error is SocketException or IOException or TimeoutException or InvalidDataException)
        {
            seen.Wrong(error.Message);
        }

        return new CheckOutcome(
            number, check.What, seen.IsAsExpected, seen.ToString(), check.Expected, Seconds(begun));
    }

    private static double Seconds(long since) => Math.Round(Stopwatch.GetElapsedTime(since).TotalSeconds, 2);
}
