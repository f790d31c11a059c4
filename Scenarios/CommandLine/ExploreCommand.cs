using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>explore</c>: a scenario many times with random faults, looking for a broken invariant.</summary>
internal static class ExploreCommand
{
    public const string Name = "explore";

    private const int DefaultRuns = 100;

    private const int MostRuns = 10_000_000;

    public static Command Create(ExploreHandler explore, Terminal terminal, ScenarioLibrary library)
    {
        var runs = new Option<int>("--runs")
        {
            Description = "How many runs.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultRuns,
        };
        Option<bool> json = JsonOption.Create("Print the findings as JSON on stdout, and all else on stderr.");
        var command = new Command(Name, "Simulate a scenario many times with random faults; report broken invariants.");
        ScenarioOptions options = new ScenarioOptions().AddTo(command, canChooseRuntime: false);
        command.Add(runs);
        command.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            int count = parsed.GetValue(runs);
            if (count is < 1 or > MostRuns)
                throw new UsageException($"--runs: found {count}, allowed is a whole number from 1 to {MostRuns}");
            var request = new ExploreRequest
            {
                Loaded = options.Load(parsed, library),
                Runs = count,
                Json = parsed.GetValue(json),
                Arguments = [.. parsed.Tokens.Select(token => token.Value)],
            };
            return (int)await explore(request, terminal, cancel);
        });
        return command;
    }
}
