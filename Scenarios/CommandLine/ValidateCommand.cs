using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>validate</c>: checks scenario files without running them, and tells every problem and what runs could not test.
/// </summary>
internal static class ValidateCommand
{
    public const string Name = "validate";

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Scenario files, or names of shipped scenarios.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = JsonOption.Create("Print the problems as JSON on stdout.");
        // The same as of run, which names this command when it finds more than one mistake.
        Option<string[]> set = ScenarioOptions.CreateSet();
        var command = new Command(Name, "Check scenario files without running them.") { files, set, json };
        command.SetAction(parsed =>
        {
            List<Setting> settings = [.. (parsed.GetValue(set) ?? []).Select(Setting.Parse)];
            List<FileVerdict> verdicts = [.. parsed.GetValue(files)!.Select(file => Judge(file, settings, library))];
            if (parsed.GetValue(json))
                JsonOption.WriteLine(terminal, new { Files = verdicts });
            else
                verdicts.ForEach(verdict => Tell(verdict, terminal));
            return (int)(verdicts.TrueForAll(verdict => verdict.Valid) ? ExitCode.Held : ExitCode.BadInput);
        });
        return command;
    }

    private static FileVerdict Judge(string file, IReadOnlyList<Setting> settings, ScenarioLibrary library)
    {
        try
        {
            LoadedScenario loaded = new ScenarioLoader(library).Load(file, settings);
            return new FileVerdict(loaded.DisplayName, Valid: true, [], ScenarioWarnings.Of(loaded.Scenario));
        }
        catch (ScenarioException wrong)
        {
            return new FileVerdict(file, Valid: false, wrong.Problems, []);
        }
    }

    private static void Tell(FileVerdict verdict, Terminal terminal)
    {
        if (verdict.Valid)
            terminal.Output.WriteLine($"{verdict.File}: valid");
        foreach (RunWarning warning in verdict.Warnings)
            terminal.Output.WriteLine($"{verdict.File}: warning: {warning.Message}");
        foreach (ScenarioProblem problem in verdict.Problems)
            terminal.Error.WriteLine(problem);
    }

    private sealed record FileVerdict(
        string File, bool Valid, IReadOnlyList<ScenarioProblem> Problems, IReadOnlyList<RunWarning> Warnings);
}
