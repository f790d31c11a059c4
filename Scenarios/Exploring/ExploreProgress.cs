using System.Diagnostics;
using System.Globalization;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Exploring;

/// <summary>Tells how exploring goes on, and what came of it. Runs note themselves from any thread.</summary>
internal sealed class ExploreProgress(int runs, TextWriter messages)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan toldAt;
    private long events;
    private int done;
    private int findings;

    public void NoteRun(long eventsOfRun, int knownStates)
    {
        lock (gate)
        {
            done++;
            events += eventsOfRun;
            if (watch.Elapsed - toldAt < Interval) return;
            toldAt = watch.Elapsed;
            // Of the generation that runs nothing is known yet.
            var steps = knownStates > 0 ? $"{Numbers.Count(knownStates)} protocol steps known, " : "";
            messages.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{done:N0} of {runs:N0} runs, {Rate(done):F1} runs and {Rate(events):N0} events a second, "
                + $"{steps}{Numbers.Plural(findings, "finding")}"));
        }
    }

    public void Tell(Finding finding)
    {
        lock (gate)
        {
            findings++;
            messages.WriteLine(InWords(finding));
        }
    }

    public ExploreReport Report(
        Scenario scenario, FindingCollection found, KnownStates known, int plans, long allEvents, int allRuns,
        IReadOnlyList<RepeatedWarning> warnings) => new(
        scenario.Name, scenario.RandomSeed, allRuns, found.RunsWithViolations, found.Findings, found.Violations,
        new CoverageReport(known.Count, known.LastNewRun, known.RunsSinceNew, plans), allEvents,
        Math.Round(watch.Elapsed.TotalSeconds, 3), Math.Round(Rate(allRuns), 1), Math.Round(Rate(allEvents)),
        warnings);

    public static void Conclude(ExploreReport report, TextWriter messages)
    {
        foreach (var finding in report.Findings)
        {
            if (finding.Runs > 1) messages.WriteLine($"{finding.Invariant}: {finding.Runs} runs: {finding.Kind}");
            if (finding.File is { } file) messages.WriteLine($"{finding.Invariant}: {file}");
        }

        messages.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Numbers.Plural(report.Runs, "run")} of {report.Scenario} with random seeds from "
            + $"{report.FirstRandomSeed}: {report.RunsWithViolations} with violations, {report.Events:N0} events, "
            + $"{report.WallSeconds:F1} s "
            + $"({report.RunsPerSecond:F1} runs and {report.EventsPerSecond:N0} events a second)"));
        messages.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Coverage.Steps:N0} protocol steps known, the last new one "
            + $"{Numbers.Plural(report.Coverage.RunsSinceNew, "run")} ago; "
            + $"{Numbers.Plural(report.Coverage.Plans, "fault plan")} led to new ones"));
        foreach (var warning in report.Warnings) messages.WriteLine(warning.InWords(report.Runs));
    }

    private double Rate(double count) => count / Math.Max(0.001, watch.Elapsed.TotalSeconds);

    private static string InWords(Finding finding)
    {
        var at = finding.First.AtSeconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $" at {seconds:F3} s")
            : "";
        return $"{finding.Invariant} broken{at}: {finding.First.Detail}\n  {finding.First.Repeat}";
    }
}
