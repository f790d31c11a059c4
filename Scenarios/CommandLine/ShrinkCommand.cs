using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>shrink</c>: from a scenario that breaks an invariant to the smallest one that still does.</summary>
internal static class ShrinkCommand
{
    public const string Name = "shrink";

    private const int DefaultSeconds = 60;

    private const int MostSeconds = 86_400;

    private const string DefaultOutput = "repro.json";

    public static Command Create(ShrinkHandler shrink, Terminal terminal, ScenarioLibrary library)
    {
        var invariant = new Option<string>("--invariant")
        {
            Description = "The invariant that must stay broken. Default: what the file reproduces, or breaks first.",
            HelpName = "name",
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long to look for something smaller.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultSeconds,
        };
        var output = new Option<string>("--output")
        {
            Description = "The scenario file to write; one that shrink or explore wrote there before is replaced.",
            HelpName = "FILE",
            DefaultValueFactory = _ => DefaultOutput,
        };
        Option<bool> json = JsonOption.Create("Print what came of it as JSON on stdout, and all else on stderr.");
        var command = new Command(
            Name, "Make a scenario that breaks an invariant smaller: faults, population, workload and time.");
        ScenarioOptions options = new ScenarioOptions().AddTo(command, canChooseRuntime: false);
        command.Add(invariant);
        command.Add(seconds);
        command.Add(output);
        command.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            int budget = parsed.GetValue(seconds);
            if (budget is < 1 or > MostSeconds)
            {
                throw new UsageException(
                    $"--seconds: found {budget}, allowed is a whole number from 1 to {MostSeconds}");
            }

            string outputFile = library.FromCurrentDirectory(parsed.GetValue(output)!);
            if (!IsReproduction(outputFile, library)) OutputFile.RequireNew(outputFile);
            var request = new ShrinkRequest
            {
                Loaded = options.Load(parsed, library),
                Invariant = parsed.GetValue(invariant),
                Budget = TimeSpan.FromSeconds(budget),
                OutputFile = outputFile,
                Json = parsed.GetValue(json),
            };
            return (int)await shrink(request, terminal, cancel);
        });
        return command;
    }

    /// <summary>Whether the program wrote that file, as the smallest that still breaks something so far.</summary>
    private static bool IsReproduction(string file, ScenarioLibrary library)
    {
        if (!File.Exists(file)) return false;
        try
        {
            return new ScenarioLoader(library).Load(file, []).Scenario.Reproduces is not null;
        }
        catch (ScenarioException)
        {
            return false;
        }
    }
}
