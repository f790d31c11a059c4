using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// <c>sweep.json</c>: the plan in the sweep's folder. It is written before anything runs and never changed; who goes
/// on with a sweep goes on with this plan or with none.
/// </summary>
internal static class PlanFile
{
    public const string FileName = "sweep.json";

    private const int Format = 1;

    public static bool Is(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Writes the plan into a new folder, or finds the same plan in one that is there.</summary>
    /// <exception cref="UsageException">The folder has the results of another sweep.</exception>
    public static void WriteOrMatch(string directory, SweepPlan plan)
    {
        var file = Path.Combine(directory, FileName);
        var text = Write(plan);
        if (File.Exists(file))
        {
            var difference = FirstDifference(File.ReadAllText(file), text);
            if (difference is null) return;
            throw new UsageException(
                $"{directory} holds a sweep of something else, {difference}. Its results would not be of one "
                + "experiment: choose another --output, or undo the change");
        }

        Directory.CreateDirectory(directory);
        WholeFile.Write(file, text);
    }

    /// <exception cref="UsageException">There is no plan, or nobody wrote it so.</exception>
    public static SweepPlan Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        if (!File.Exists(file))
            throw new UsageException($"{directory}: there is no {FileName} in it, allowed is the folder of a sweep");
        try
        {
            return Parse(JsonNode.Parse(File.ReadAllText(file))!.AsObject(), file);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NullReferenceException
            or IOException or FormatException or ArgumentException)
        {
            throw new UsageException($"{file} is no plan of a sweep that this program understands: {wrong.Message}");
        }
    }

    /// <exception cref="UsageException">The folders are of two sweeps.</exception>
    public static void RequireSame(string one, string other)
    {
        if (FirstDifference(Write(Read(one)), Write(Read(other))) is { } difference)
            throw new UsageException($"{one} and {other} are two sweeps, {difference}");
    }

    public static string Write(SweepPlan plan)
    {
        var tree = new JsonObject
        {
            ["format"] = Format,
            ["name"] = plan.Name,
            ["description"] = plan.Description,
            ["program"] = JsonSerializer.SerializeToNode(plan.Program, ScenarioJson.Options),
            ["randomSeed"] = plan.RandomSeed,
            ["sweep"] = JsonSerializer.SerializeToNode(plan.Settings, ScenarioJson.Options),
            ["cells"] = new JsonArray([.. plan.Cells.Select(cell => (JsonNode)new JsonObject
            {
                ["values"] = JsonSerializer.SerializeToNode(cell.Values, ScenarioJson.Options),
                ["scenario"] = JsonNode.Parse(ScenarioJson.Write(cell.Scenario)),
                ["key"] = cell.Key,
            })]),
        };
        return tree.ToJsonString(ScenarioJson.Options).ReplaceLineEndings("\n") + "\n";
    }

    private static SweepPlan Parse(JsonObject tree, string file)
    {
        if ((int)tree["format"]! != Format) throw new FormatException($"allowed is format {Format}");
        var program = tree["program"].Deserialize<SweepProgram>(ScenarioJson.Options)!;
        return new SweepPlan
        {
            Name = (string)tree["name"]!,
            Description = (string)tree["description"]!,
            Program = program,
            RandomSeed = (long)tree["randomSeed"]!,
            Settings = SettingsOf(tree),
            Cells = [.. tree["cells"]!.AsArray().Select((node, number) => ReadCell(node!, number, program, file))],
        };
    }

    private static SweepSettings SettingsOf(JsonObject tree)
    {
        var settings = tree["sweep"].Deserialize<SweepSettings>(ScenarioJson.Options)!;
        var most = SweepSettings.MostTasks / Math.Max(1, tree["cells"]!.AsArray().Count);
        return settings.Repeats >= 1 && settings.Repeats <= most
            ? settings
            : throw new FormatException(
                $"sweep.repeats: found {settings.Repeats}, allowed is a whole number from 1 to {most}");
    }

    /// <summary>Scenarios are loaded when somebody runs them: one shard of many needs few of them.</summary>
    private static SweepCell ReadCell(JsonNode node, int number, SweepProgram program, string file)
    {
        var key = (string)node["key"]!;
        var text = Encoding.UTF8.GetBytes(node["scenario"]!.ToJsonString(ScenarioJson.Options));
        return new SweepCell(
            number, node["values"].Deserialize<IReadOnlyList<ExpectedValue>>(ScenarioJson.Options)!, key,
            new Lazy<Scenario>(() =>
            {
                var scenario = new ScenarioLoader(ScenarioLibrary.OfProgram()).LoadText(text, file).Scenario;
                return SweepCell.KeyOf(scenario, program) == key
                    ? scenario
                    : throw new UsageException($"{file}: the scenario of cell {number} was changed");
            }));
    }

    /// <summary>The first line that is not the same, in words; null for equal texts.</summary>
    private static string? FirstDifference(string old, string made)
    {
        var (before, now) = (old.Split('\n'), made.Split('\n'));
        for (var line = 0; line < Math.Max(before.Length, now.Length); line++)
        {
            var (one, other) = (before.ElementAtOrDefault(line)?.Trim(), now.ElementAtOrDefault(line)?.Trim());
            if (one != other) return $"{FileName}:{line + 1}: {one ?? "nothing"} is now {other ?? "nothing"}";
        }

        return null;
    }
}
