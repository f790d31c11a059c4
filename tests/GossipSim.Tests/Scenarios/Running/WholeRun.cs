using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Replaying;
using GossipSim.Scenarios.Running;
using GossipSim.Scenarios.Shrinking;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Tests.Scenarios.CommandLine;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>The program as people start it, with the handlers of the real one, in a folder of the test's own.</summary>
internal sealed class WholeRun : IDisposable
{
    private readonly ProgramRun program = new();
    private readonly CancellationTokenSource cancel = new();

    public WholeRun()
    {
        program.Run = (request, terminal, _) => ScenarioRunner.RunAsync(request, terminal, cancel.Token);
        program.Repeat = (request, terminal, _) => RepeatSession.RunAsync(request, terminal, cancel.Token);
        program.Compare = (request, terminal, _) => CompareSession.RunAsync(request, terminal, cancel.Token);
        program.Replay = (request, terminal, _) => ReplayRunner.RunAsync(request, terminal, Keys, cancel.Token);
        program.View = (request, terminal, _) => Tell(terminal, request.Folder);
        program.Dashboard = (request, terminal, _) => Tell(terminal, request.Log);
        program.Explore = (request, terminal, _) => Exploration.RunAsync(request, terminal, cancel.Token);
        program.Sweep = (request, terminal, _) => SweepSession.RunAsync(request, terminal, cancel.Token);
        program.Shrink = (request, terminal, _) => ShrinkSession.RunAsync(request, terminal, cancel.Token);
    }

    /// <summary>What is typed between steps; null when nobody is there.</summary>
    public TextReader? Keys { get; set; }

    /// <summary>Columns of the screen; null for a pipe.</summary>
    public int? Width
    {
        set => program.Width = value;
    }

    public string Output => program.Output;

    public string Error => program.Error;

    /// <summary>Where commands are typed.</summary>
    public string Current => program.Folder.Current;

    public string Results => Path.Combine(program.Folder.Current, "results");

    /// <summary>The only run's own folder.</summary>
    public string RunFolder => Directory.GetDirectories(Results).Single(path => Path.GetFileName(path) != "latest");

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public JsonElement Summary => JsonDocument.Parse(Text("summary.json")).RootElement;

    public string this[string name] => Path.Combine(RunFolder, name);

    /// <summary>The program finds a scenario among those that ship with it.</summary>
    public void Ship(string name, string scenario) => program.Folder.Ship(name, scenario);

    /// <summary>Writes the scenario to a file, and runs a command on it.</summary>
    public ExitCode Main(string scenario, params string[] arguments)
    {
        program.Folder.Write("small.json", scenario);
        return program.Main(arguments);
    }

    public Task<ExitCode> MainAsync(string scenario, params string[] arguments) =>
        ProgramRun.OnOwnThreadAsync(() => Main(scenario, arguments));

    /// <summary>Types a command that the program told.</summary>
    public ExitCode Repeat(string scenario, string command)
    {
        const string Start = "dotnet run --project Scenarios -- ";
        return Main(scenario, command[Start.Length..].Split(' '));
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Cancel() => cancel.Cancel();

    public string Text(string name) => File.ReadAllText(this[name]);

    /// <summary>Waits until the combined log, which is written during the run, has a line with some words.</summary>
    public Task UntilLoggedAsync(string words) => Patience.UntilAsync(
        () => Log().Contains(words, StringComparison.Ordinal), $"'{words}' logged", () => Log() + Error);

    public void Dispose()
    {
        program.Dispose();
        cancel.Dispose();
    }

    /// <summary>In place of a page, which would stay open.</summary>
    private static Task<ExitCode> Tell(Terminal terminal, string words)
    {
        terminal.Output.WriteLine(words);
        return Task.FromResult(ExitCode.Held);
    }

    private string Log()
    {
        var log = Directory.Exists(Results)
            ? Directory.GetFiles(Results, "outputfile.txt", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        if (log is null) return "";
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
