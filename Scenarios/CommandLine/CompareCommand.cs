using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Gates;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>compare</c>: is B different from A, and by how much?</summary>
internal sealed class CompareCommand
{
    public const string Name = "compare";

    private const int DefaultRuns = 20;

    private readonly Argument<string> a = new("A")
    {
        Description = "A scenario, or the folder that run --runs left.",
    };

    private readonly Argument<string> b = new("B") { Description = "What it is compared with." };

    private readonly Option<int> runs = new("--runs")
    {
        Description = "Runs of each scenario, both with the same random seeds.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultRuns,
    };

    private readonly Option<string> runtime = new("--runtime")
    {
        Description = "Where the nodes of both live: the simulator or real TCP.",
        HelpName = "sim|tcp",
    };

    private readonly Option<long?> randomSeed = new("--random-seed")
    {
        Description = "That of the first run of both. Default: what A says.",
        HelpName = "N",
    };

    private readonly Option<string[]> set = ScenarioOptions.CreateSet();

    private readonly Option<string[]> setA = SetOf("A");

    private readonly Option<string[]> setB = SetOf("B");

    private readonly Option<string[]> metric = new("--metric")
    {
        Description = "Compare this figure of summary.json; may be given several times.",
        HelpName = "path",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> failIf = new("--fail-if")
    {
        Description = "Exit 1 when a figure of B has changed so much from A; may be given several times. 3: open.",
        HelpName = "path > +10 %",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> strict = new("--strict")
    {
        Description = "Refuse what TCP cannot follow exactly; exit 1 on a warning of a run of A or B.",
    };

    private readonly Option<string?> junit = JUnitOption.Create();

    private readonly Option<bool> markdown = new("--markdown")
    {
        Description = "Print the table as Markdown, as for a pull request.",
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "Leave comparison.svg, a figure of the differences, and comparison.md in this folder.",
        HelpName = "DIR",
    };

    private readonly Option<bool> json =
        JsonOption.Create("Print the comparison as JSON on stdout, and all else on stderr.");

    public static Command Create(CompareHandler compare, Terminal terminal, ScenarioLibrary library)
    {
        var own = new CompareCommand();
        var command = new Command(Name, "Run two scenarios with the same random seeds and tell what differs.")
        {
            own.a, own.b, own.runs, own.runtime, own.randomSeed, own.set, own.setA, own.setB, own.metric, own.failIf,
            own.output, own.strict, own.junit, own.markdown, own.json,
        };
        command.SetAction(async (parsed, cancel) => (int)await compare(
            own.Read(parsed, new StoredRun(terminal, library), library), terminal, cancel));
        return command;
    }

    private static Option<string[]> SetOf(string side) => new($"--set-{side.ToLowerInvariant()}")
    {
        Description = $"Set one value of {side} only; may be given several times.",
        HelpName = "path=value",
        AllowMultipleArgumentsPerToken = false,
    };

    private CompareRequest Read(ParseResult parsed, StoredRun stored, ScenarioLibrary library)
    {
        if (parsed.GetValue(json) && parsed.GetValue(markdown))
            throw new UsageException($"{markdown.Name}: it is the output instead of {json.Name}");
        CompareSource first = Load(parsed, a, setA, stored, library);
        CompareSource second = Load(parsed, b, setB, stored, library);
        if (parsed.GetResult(runs) is { Implicit: false } && first.Loaded is null)
            throw new UsageException($"{runs.Name}: A is stored runs, and B is run with their random seeds");
        int count = RunCommand.Repeats(runs.Name, parsed.GetValue(runs));
        long seed = parsed.GetValue(randomSeed) ?? first.Loaded?.Scenario.RandomSeed ?? 0;
        RunCommand.RequireRandomSeeds(seed, count);
        string[] metrics = parsed.GetValue(metric) ?? [];
        Dictionary<string, KnownMetric> known = Known(first, second);
        foreach (string path in metrics)
            FigurePaths.Require(metric.Name, path, known);
        return new CompareRequest
        {
            A = first,
            B = second,
            Runs = count,
            FirstRandomSeed = seed,
            Metrics = metrics.Length > 0 ? metrics : null,
            Gates = [.. (parsed.GetValue(failIf) ?? []).Select(text => GateExpression.Parse(failIf.Name, text, known))],
            Strict = parsed.GetValue(strict),
            JUnitFile = JUnitOption.Read(parsed, junit, library),
            Markdown = parsed.GetValue(markdown),
            Json = parsed.GetValue(json),
            OutputDirectory = parsed.GetValue(output) is { } directory ? library.FromCurrentDirectory(directory) : null,
        };
    }

    private CompareSource Load(
        ParseResult parsed, Argument<string> named, Option<string[]> ownSettings, StoredRun stored,
        ScenarioLibrary library)
    {
        string name = parsed.GetValue(named)!;
        string[] own = parsed.GetValue(ownSettings) ?? [];
        if (stored.Find(name) is not { } path)
        {
            List<Setting> settings =
            [
                .. (parsed.GetValue(set) ?? []).Select(Setting.Parse),
                .. own.Select(assignment => Setting.Parse(ownSettings.Name, assignment)),
            ];
            if (parsed.GetValue(runtime) is { } chosen)
                settings.Add(Setting.Of($"{runtime.Name} {chosen}", "runtime", chosen));
            string said = string.Join(' ', own.Prepend(name));
            return new CompareSource(said, new ScenarioLoader(library).Load(name, settings), []);
        }

        if (!RepeatFolder.Is(path))
        {
            throw new UsageException(
                $"{name}: there is no {RepeatTable.FileName} in it, allowed is the folder of run "
                + $"{RunCommand.RunsOption}: one run says nothing of chance");
        }

        if (own.Length > 0)
            throw new UsageException($"{ownSettings.Name}: {name} was run already");
        return new CompareSource(name, Loaded: null, RepeatFolder.Read(path))
        {
            Warnings = RepeatFolder.ReadWarnings(path, areNeeded: parsed.GetValue(strict)),
        };
    }

    /// <summary>What the runs of either side may have; stored runs also have counters by name.</summary>
    private static Dictionary<string, KnownMetric> Known(params ReadOnlySpan<CompareSource> sources)
    {
        var known = new Dictionary<string, KnownMetric>(MetricPaths.All);
        foreach (CompareSource source in sources)
        {
            IEnumerable<KeyValuePair<string, KnownMetric>> own = source.Loaded is { } loaded
                ? MetricPaths.Of(loaded.Scenario)
                : source.Stored.SelectMany(run => run.Figures.Keys).Distinct().Select(path =>
                    KeyValuePair.Create(path, MetricPaths.Counter(path)));
            foreach ((string path, KnownMetric figure) in own)
                known.TryAdd(path, figure);
        }

        return known;
    }
}
