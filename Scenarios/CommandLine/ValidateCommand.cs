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
        var load = new Option<bool>("--load-assembly")
        {
            Description = "Also check the protocol of an assembly that a file names: its code runs with your rights.",
        };
        // The same as of run, which names this command when it finds more than one mistake.
        Option<string[]> set = ScenarioOptions.CreateSet();
        var command = new Command(Name, "Check scenario files without running them.") { files, set, load, json };
        command.SetAction(parsed =>
        {
            List<Setting> settings = [.. (parsed.GetValue(set) ?? []).Select(Setting.Parse)];
            var loads = parsed.GetValue(load);
            List<FileVerdict> verdicts =
                [.. parsed.GetValue(files)!.Select(file => Judge(file, settings, new ScenarioLoader(library, loads)))];
            if (parsed.GetValue(json))
                JsonOption.WriteLine(terminal, new { Files = verdicts });
            else
                verdicts.ForEach(verdict => Tell(verdict, terminal));
            return (int)(verdicts.TrueForAll(verdict => verdict.Valid) ? ExitCode.Held : ExitCode.BadInput);
        });
        return command;
    }

    private static FileVerdict Judge(string file, IReadOnlyList<Setting> settings, ScenarioLoader loader)
    {
        try
        {
            LoadedScenario loaded = loader.Load(file, settings);
            string? notChecked = loaded.Scenario.Protocol is { Chosen: null, Assembly: { } assembly }
                ? $"protocol.assembly {assembly} was not loaded: the protocol's name, parameters and metrics were not"
                    + " checked (--load-assembly runs its code)"
                : null;
            return new FileVerdict(
                loaded.DisplayName, Valid: true, [], ScenarioWarnings.Of(loaded.Scenario), notChecked);
        }
        catch (ScenarioException wrong)
        {
            return new FileVerdict(file, Valid: false, wrong.Problems, [], NotChecked: null);
        }
    }

    private static void Tell(FileVerdict verdict, Terminal terminal)
    {
        if (verdict.Valid)
            terminal.Output.WriteLine($"{verdict.File}: valid");
        if (verdict.NotChecked is { } words)
            terminal.Output.WriteLine($"{verdict.File}: {words}");
        foreach (RunWarning warning in verdict.Warnings)
            terminal.Output.WriteLine($"{verdict.File}: warning: {warning.Message}");
        foreach (ScenarioProblem problem in verdict.Problems)
            terminal.Error.WriteLine(problem);
    }

    private sealed record FileVerdict(
        string File, bool Valid, IReadOnlyList<ScenarioProblem> Problems, IReadOnlyList<RunWarning> Warnings,
        string? NotChecked);
}
