using System.CommandLine;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>run</c>: one scenario, once or with several random seeds.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public const string RunsOption = "--runs";

    public const string PrecisionOption = "--precision";

    private const int MostRuns = 1_000_000;

    private const string DefaultResultsDirectory = "results";

    /// <param name="repeat">Runs a scenario more than once.</param>
    public static Command Create(RunHandler run, RunHandler repeat, Terminal terminal, ScenarioLibrary library)
    {
        var output = new Option<string>("--output")
        {
            Description = "The folder in which the run's folder is made.",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultResultsDirectory,
        };
        var strict = new Option<bool>("--strict")
        {
            Description = "Refuse what the runtime cannot follow exactly; exit 1 on a warning, such as a fault that "
                + "struck nobody.",
        };
        var checkDeterminism = new Option<bool>("--check-determinism")
        {
            Description = "Simulate it twice in lockstep, and name the first node and input that differ.",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads that simulate; the results are the same for every number.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var runs = new Option<int>(RunsOption)
        {
            Description = "Run it with N random seeds, one after the other; tell means and how sure they are.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var precision = new Option<string>(PrecisionOption)
        {
            Description = "Stop before the last of the runs when this figure's mean is known so well.",
            HelpName = "path=2%",
        };
        Option<bool> json = JsonOption.Create("Print the summary as JSON on stdout, and all else on stderr.");
        var command = new Command(Name, "Run a scenario (the word run may be left out).");
        ScenarioOptions options = new ScenarioOptions().AddTo(command, canChooseRuntime: true);
        command.Add(output);
        command.Add(threads);
        command.Add(runs);
        command.Add(precision);
        command.Add(strict);
        command.Add(checkDeterminism);
        Option<string?> junit = JUnitOption.Create();
        command.Add(junit);
        DashboardOptions dashboard = new DashboardOptions().AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new RunRequest
            {
                Loaded = options.Load(parsed, library),
                ResultsDirectory = library.FromCurrentDirectory(parsed.GetValue(output)!),
                Json = parsed.GetValue(json),
                Strict = parsed.GetValue(strict),
                JUnitFile = JUnitOption.Read(parsed, junit, library),
                CheckDeterminism = parsed.GetValue(checkDeterminism),
                Threads = InRange(threads.Name, parsed.GetValue(threads)),
                Runs = Repeats(RunsOption, parsed.GetValue(runs)),
                Page = dashboard.Read(parsed),
                Arguments = [.. parsed.Tokens.Select(token => token.Value)],
            };
            if (parsed.GetValue(precision) is { } wanted)
                request = request with { Precision = WantedPrecision.Parse(PrecisionOption, wanted, request.Scenario) };
            RequireSense(request);
            terminal.MessagesOf(request.Json).WriteLine(Taken(request.Loaded));
            return (int)await (request.Runs > 1 ? repeat : run)(request, terminal, cancel);
        });
        return command;
    }

    /// <summary>A number of runs that an option may ask for.</summary>
    internal static int Repeats(string option, int found) => found is >= 1 and <= MostRuns
        ? found
        : throw new UsageException($"{option}: found {found}, allowed is a whole number from 1 to {MostRuns}");

    /// <summary>Each run has the next random seed, and they end somewhere.</summary>
    internal static void RequireRandomSeeds(long first, int runs)
    {
        const long Largest = (long)Scenario.LargestRandomSeed;
        if (first > Largest - (runs - 1))
        {
            throw new UsageException(
                $"--random-seed: found {first}, but {runs} runs then go beyond the largest random seed, {Largest}");
        }
    }

    private static void RequireSense(RunRequest request)
    {
        RequireRandomSeeds(request.Scenario.RandomSeed, request.Runs);
        if (request.Precision is not null && request.Runs < WantedPrecision.Batch)
        {
            throw new UsageException(
                $"{PrecisionOption}: it needs {RunsOption} of {WantedPrecision.Batch} or more, "
                + "the most that it may take");
        }

        if (request.Runs > 1 && request.Page is not null)
        {
            throw new UsageException(
                $"{DashboardOptions.Name}: it shows a single run, found {RunsOption} {request.Runs}");
        }

        if (request.Runs > 1 && request.CheckDeterminism)
        {
            throw new UsageException(
                $"--check-determinism: it goes with a single run, found {RunsOption} {request.Runs}");
        }
    }

    private static int InRange(string option, int found) => found is >= 1 and <= SimulatedNetworkOptions.MostThreads
        ? found
        : throw new UsageException(
            $"{option}: found {found}, allowed is a whole number from 1 to {SimulatedNetworkOptions.MostThreads}");

    internal static string Taken(LoadedScenario loaded) =>
        $"Scenario {loaded.Scenario.Name}: {loaded.DisplayName}"
        + (loaded.IsShipped ? " (shipped with the program)" : "");
}
