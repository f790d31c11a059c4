using System.CommandLine;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>run</c>: one scenario, once.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    private const string DefaultResultsDirectory = "results";

    public static Command Create(RunHandler run, Terminal terminal, ScenarioLibrary library)
    {
        var output = new Option<string>("--output")
        {
            Description = "The folder in which the run's folder is made.",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultResultsDirectory,
        };
        var strict = new Option<bool>("--strict")
        {
            Description = "Refuse a scenario that the runtime cannot follow exactly.",
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
        Option<bool> json = JsonOption.Create("Print the summary as JSON on stdout, and all else on stderr.");
        var command = new Command(Name, "Run a scenario (the word run may be left out).");
        ScenarioOptions options = new ScenarioOptions().AddTo(command, canChooseRuntime: true);
        command.Add(output);
        command.Add(threads);
        command.Add(strict);
        command.Add(checkDeterminism);
        command.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new RunRequest
            {
                Loaded = options.Load(parsed, library),
                ResultsDirectory = library.FromCurrentDirectory(parsed.GetValue(output)!),
                Json = parsed.GetValue(json),
                Strict = parsed.GetValue(strict),
                CheckDeterminism = parsed.GetValue(checkDeterminism),
                Threads = InRange(threads.Name, parsed.GetValue(threads)),
                Arguments = [.. parsed.Tokens.Select(token => token.Value)],
            };
            terminal.MessagesOf(request.Json).WriteLine(Taken(request.Loaded));
            return (int)await run(request, terminal, cancel);
        });
        return command;
    }

    private static int InRange(string option, int found) => found is >= 1 and <= SimulatedNetworkOptions.MostThreads
        ? found
        : throw new UsageException(
            $"{option}: found {found}, allowed is a whole number from 1 to {SimulatedNetworkOptions.MostThreads}");

    internal static string Taken(LoadedScenario loaded) =>
        $"Scenario {loaded.Scenario.Name}: {loaded.DisplayName}"
        + (loaded.IsShipped ? " (shipped with the program)" : "");
}
