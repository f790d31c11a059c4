using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Remeasuring;

/// <summary>
/// A stored run, measured again from its event log: what its summary says of overlay, gossip and detection has to come
/// out again. What the log does not tell is taken over: the fingerprint, the verdicts, what the sockets counted.
/// </summary>
/// <param name="Result">With the summary as it is measured now.</param>
/// <param name="Differences">Figures that <c>summary.json</c> has otherwise; none when it tells the truth.</param>
internal sealed record RemeasuredRun(RunResult Result, IReadOnlyList<FigureDifference> Differences)
{
    private const string ScenarioName = "scenario.effective.json";
    private const string SummaryName = "summary.json";

    /// <exception cref="UsageException">The folder holds no run that can be measured again.</exception>
    public static RemeasuredRun Of(string folder, ScenarioLibrary library)
    {
        var stored = StoredSummary(folder);
        var facts = FactsIn(folder, library);
        var measurements = RunMeasurements.Of(ReadRecord(folder, facts), new MeasurementOptions());
        var measured = stored.MeasuredAs(measurements);
        var result = new RunResult
        {
            Facts = facts, Summary = measured, Measurements = measurements, Expectations = [],
            Ending = new RunEnding { Performance = stored.Performance, Invariants = [], RepeatCommand = "" },
        };
        return new RemeasuredRun(
            result, FigureDifference.Between(SummaryJson.ToNode(stored), SummaryJson.ToNode(measured)));
    }

    private static Summary StoredSummary(string folder)
    {
        try
        {
            return SummaryJson.Read(TextOf(folder, SummaryName));
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{SummaryName} is no summary of this version of the program: {wrong.Message}");
        }
    }

    /// <summary>As before the run; signatures are not in the log, so that voters count by their names.</summary>
    private static RunFacts FactsIn(string folder, ScenarioLibrary library)
    {
        TextOf(folder, ScenarioName);
        var scenario = new ScenarioLoader(library).Load(Path.Combine(folder, ScenarioName), []).Scenario;
        var facts = FactsOfRun.Of(scenario, ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch));
        if (facts.LoggedPeers is { } some)
        {
            throw new UsageException(
                $"the log follows about {some} of {facts.MostPeers} peers; only a whole one can be measured again "
                + "(outputs.eventLog \"full\")");
        }

        return facts with { AreVotesSigned = false, Signing = null };
    }

    private static RunRecord ReadRecord(string folder, RunFacts facts)
    {
        var path = Path.Combine(folder, EventLog.FileName);
        return File.Exists(path)
            ? StoredLog.Read(path, log => LoggedRecord.Read(log, facts))
            : throw new UsageException(
                $"the folder has no {EventLog.FileName}; only a run with outputs.eventLog \"full\" has one");
    }

    private static string TextOf(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"no folder of a run: {wrong.Message}");
        }
    }
}
