using System.CommandLine;
using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>explore</c>: a scenario many times with random faults, looking for a broken invariant.</summary>
internal sealed class ExploreCommand
{
    public const string Name = "explore";

    private const int DefaultRuns = 100;

    private const int MostRuns = 10_000_000;

    /// <summary>More would not fit into the list of a scenario file.</summary>
    private const int MostFaults = 1_000;

    private readonly Option<int> runs = new("--runs")
    {
        Description = "How many runs.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultRuns,
    };

    private readonly Option<int?> faults = new("--faults")
    {
        Description = "The most faults that a run draws. Default: by the size of the network.",
        HelpName = "N",
    };

    private readonly Option<string> allow = new("--allow")
    {
        Description = "The faults to draw. Default: all but byzantine, sybil, duplicate and reorder.",
        HelpName = "word,word",
    };

    private readonly Option<bool> faultsOnly = new("--faults-only")
    {
        Description = "Draw faults, and leave all else as the scenario has it.",
    };

    private readonly Option<bool> everything = new("--all")
    {
        Description = "Explore all shipped scenarios that are not too large; they share the runs.",
    };

    private readonly Option<bool> stopAtFirst = new("--stop-at-first")
    {
        Description = "Stop at the first finding, instead of collecting all.",
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "A folder for a scenario file of each finding, which run and shrink take.",
        HelpName = "DIR",
    };

    private readonly Option<string> parents = new("--parents")
    {
        Description = "For one run: the random seeds from which its fault plan was made.",
        HelpName = "N,N",
    };

    private readonly Option<bool> json =
        JsonOption.Create("Print the findings as JSON on stdout, and all else on stderr.");

    public static Command Create(ExploreHandler explore, Terminal terminal, ScenarioLibrary library)
    {
        var command = new Command(Name, "Simulate a scenario many times with random faults; report broken invariants.");
        ScenarioOptions options = new ScenarioOptions(isOptional: true).AddTo(command, canChooseRuntime: false);
        var own = new ExploreCommand();
        Option[] all =
        [
            own.runs, own.faults, own.allow, own.faultsOnly, own.everything, own.stopAtFirst, own.output, own.parents,
            own.json,
        ];
        foreach (Option option in all)
            command.Add(option);
        command.SetAction(async (parsed, cancel) => parsed.GetValue(own.everything)
            ? (int)await own.ExploreAllAsync(explore, terminal, parsed, options, library, cancel)
            : (int)await explore(own.Read(parsed, options, library), terminal, cancel));
        return command;
    }

    /// <summary>One scenario after the other.</summary>
    private async Task<ExitCode> ExploreAllAsync(
        ExploreHandler explore, Terminal terminal, ParseResult parsed, ScenarioOptions options,
        ScenarioLibrary library, CancellationToken cancel)
    {
        if (options.IsNamed(parsed) || parsed.GetValue(parents) is not null)
            throw new UsageException($"{everything.Name}: goes with no scenario and without {parents.Name}");
        int count = InRange(runs.Name, parsed.GetValue(runs), MostRuns);
        var shares = new ShippedShares(library, file => options.Load(file, parsed, library), count);
        var messages = terminal.MessagesOf(parsed.GetValue(json));
        foreach (string left in shares.TooLarge)
            messages.WriteLine(left);
        List<string> broken = [];
        foreach ((string name, LoadedScenario loaded, int share) in shares.Shares)
        {
            ExitCode code = await explore(RequestFor(loaded, share, name, parsed, library), terminal, cancel);
            if (code is not (ExitCode.Held or ExitCode.Failed))
                return code;
            if (code == ExitCode.Failed)
                broken.Add(name);
            if (code == ExitCode.Failed && parsed.GetValue(stopAtFirst))
                break;
        }

        messages.WriteLine(broken.Count == 0
            ? "Nothing was broken in any of them."
            : $"Broken in {string.Join(", ", broken)}.");
        return broken.Count == 0 ? ExitCode.Held : ExitCode.Failed;
    }

    private ExploreRequest Read(ParseResult parsed, ScenarioOptions options, ScenarioLibrary library)
    {
        if (!options.IsNamed(parsed))
            throw new UsageException($"a scenario is missing; or say {everything.Name}");
        int count = InRange(runs.Name, parsed.GetValue(runs), MostRuns);
        return RequestFor(options.Load(parsed, library), count, name: null, parsed, library);
    }

    /// <param name="name">Of the one of many that is explored; null for the one that was named.</param>
    private ExploreRequest RequestFor(
        LoadedScenario loaded, int count, string? name, ParseResult parsed, ScenarioLibrary library)
    {
        RunCommand.RequireRandomSeeds(loaded.Scenario.RandomSeed, count);
        IReadOnlyList<long> ancestors = Parents(parsed.GetValue(parents));
        if (ancestors.Count > 0 && count != 1)
            throw new UsageException($"{parents.Name}: goes with --runs 1 only, found --runs {count}");
        string? directory = parsed.GetValue(output) is { } given ? library.FromCurrentDirectory(given) : null;
        return new ExploreRequest
        {
            Loaded = loaded,
            Runs = count,
            MostFaults = parsed.GetValue(faults) is { } most ? InRange(faults.Name, most, MostFaults) : null,
            Words = Words(parsed.GetValue(allow)),
            Varies = !parsed.GetValue(faultsOnly),
            Parents = ancestors,
            StopAtFirst = parsed.GetValue(stopAtFirst),
            OutputDirectory = directory is null || name is null ? directory : Path.Combine(directory, name),
            Json = parsed.GetValue(json),
            Arguments =
            [
                .. parsed.Tokens.Select(token => name is not null && token.Value == everything.Name
                    ? name
                    : token.Value),
            ],
        };
    }

    private static int InRange(string option, int found, int most) => found >= 1 && found <= most
        ? found
        : throw new UsageException($"{option}: found {found}, allowed is a whole number from 1 to {most}");

    private string[]? Words(string? list)
    {
        if (list is null)
            return null;
        string[] words = Split(list);
        foreach (string word in words)
        {
            if (!FaultWords.All.Contains(word))
            {
                throw new UsageException(
                    $"{allow.Name}: found \"{word}\", allowed are {string.Join(", ", FaultWords.All)}"
                    + Suggestion.DidYouMean(word, FaultWords.All));
            }
        }

        return words.Length > 0
            ? words
            : throw new UsageException($"{allow.Name}: found none, allowed are {string.Join(", ", FaultWords.All)}");
    }

    private IReadOnlyList<long> Parents(string? list) =>
    [
        .. Split(list ?? "").Select(text =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long randomSeed)
            && randomSeed <= (long)Scenario.LargestRandomSeed
                ? randomSeed
                : throw new UsageException(
                    $"{parents.Name}: found \"{text}\", allowed are random seeds, such as 17,65")),
    ];

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
