using System.CommandLine;
using GossipSim.Scenarios.Files;
using Spectre.Console;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>list</c>: the shipped scenarios, and the words that scenario files are made of.</summary>
internal static class ListCommand
{
    public const string Name = "list";

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        Option<bool> json = JsonOption.Create("Print the same as JSON.");
        var command = new Command(Name, "Show the shipped scenarios and what scenarios can say.") { json };
        command.SetAction(parsed =>
        {
            List<ShippedScenario> scenarios = [.. library.Shipped.Select(file => Read(file, library))];
            List<Profile> profiles = [.. library.Profiles.Select(file => ReadProfile(file, library))];
            if (parsed.GetValue(json))
                JsonOption.WriteLine(
                    terminal, new { Scenarios = scenarios, Profiles = profiles, Words = Vocabulary.All });
            else
                Draw(scenarios, profiles, terminal.Rich(terminal.Output));
        });
        return command;
    }

    private static ShippedScenario Read(string file, ScenarioLibrary library)
    {
        Scenario scenario = new ScenarioLoader(library).Load(file, settings: []).Scenario;
        return new ShippedScenario(scenario.Name, scenario.Description, scenario.Runtime, scenario.Peers.Count, file);
    }

    private static Profile ReadProfile(string file, ScenarioLibrary library) => new(
        ScenarioLibrary.ExtendsNameOf(file), new ScenarioLoader(library).Load(file, settings: []).Scenario.Description);

    private static void Draw(List<ShippedScenario> scenarios, List<Profile> profiles, IAnsiConsole console)
    {
        // A column of text beside three others would be too narrow to read on a screen of 80 columns.
        foreach (ShippedScenario each in scenarios)
        {
            string facts = $"{ScenarioJson.WordOf(each.Runtime)}, {each.Peers} peers";
            console.MarkupLineInterpolated($"[bold]{each.Name}[/] [grey]({facts})[/]");
            WriteBelow(each.Description, console);
        }

        foreach (Profile each in profiles)
        {
            console.MarkupLineInterpolated($"[grey]\"extends\":[/] [bold]\"{each.Extends}\"[/]");
            WriteBelow(each.Description, console);
        }

        var words = new FittingTable("key", "words");
        foreach ((string key, IReadOnlyList<string> known) in Vocabulary.All)
            words.AddRow(key, string.Join(", ", known));
        words.Write(console);
    }

    private static void WriteBelow(string text, IAnsiConsole console) =>
        console.Write(new Padder(new Text(VisibleText.Of(text)), new Padding(left: 4, top: 0, right: 2, bottom: 0)));

    /// <param name="Extends">What a scenario says to build on it.</param>
    private sealed record Profile(string Extends, string Description);

    private sealed record ShippedScenario(string Name, string Description, RuntimeKind Runtime, int Peers, string File);
}
