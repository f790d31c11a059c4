using System.Text.Json;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// What repeats leave: <c>runs.csv</c> and <c>summary.json</c> instead of what a single run leaves, beside the scenario
/// and the command as ever.
/// </summary>
internal static class RepeatFolder
{
    private const string SummaryName = "summary.json";

    public static RunFolder Create(RunRequest request, DateTimeOffset startedAt) => ScenarioRunner.CreateFolder(
        request.ResultsDirectory, startedAt, request.Scenario, $"_x{request.Runs}");

    public static void Write(
        RunFolder folder, RunRequest request, IReadOnlyList<Repeat> repeats, RepeatSummary summary)
    {
        File.WriteAllText(folder["scenario.json"], request.Loaded.SourceText);
        File.WriteAllText(folder["scenario.effective.json"], request.Loaded.EffectiveText);
        var card = RunCard.Of(ShellWords.OfCheckout(request.Arguments), folder.StartedAt);
        File.WriteAllText(folder["run.json"], card.ToJson() + "\n");
        folder.Begin();
        File.WriteAllText(folder[SummaryName], JsonOption.Text(summary) + "\n");
        using var table = new StreamWriter(folder[RepeatTable.FileName]);
        RepeatTable.Write(table, repeats);
    }

    /// <summary>Whether a folder is one of repeats, and not of a single run.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, RepeatTable.FileName));

    /// <exception cref="ScenarioException">The table cannot be read.</exception>
    public static IReadOnlyList<Repeat> Read(string path)
    {
        var file = Path.Combine(path, RepeatTable.FileName);
        try
        {
            return RepeatTable.Read(File.ReadAllText(file), file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {wrong.Message}");
        }
    }

    /// <summary>What the stored runs did not test, which their table does not say.</summary>
    /// <param name="areNeeded">Whether they must be known.</param>
    /// <exception cref="UsageException">The summary cannot be read, or is missing and needed.</exception>
    public static IReadOnlyList<RepeatedWarning> ReadWarnings(string path, bool areNeeded)
    {
        var file = Path.Combine(path, SummaryName);
        if (!areNeeded && !File.Exists(file)) return [];
        try
        {
            // Folders of older programs have none.
            var warnings = JsonNode.Parse(File.ReadAllText(file))?.AsObject()["warnings"];
            return warnings?.Deserialize<IReadOnlyList<RepeatedWarning>>(ScenarioJson.Options) ?? [];
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException)
        {
            throw new UsageException($"{file} cannot be read: {wrong.Message}");
        }
    }
}
