using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary>Two folders of a test's own, current and shipped, with scenario files in them; the profiles are there.
/// </summary>
internal sealed class ScenarioFolder : IDisposable
{
    private const char Mark = '▸';

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("gossipsim-test-");

    public ScenarioFolder()
    {
        Directory.CreateDirectory(Current);
        Directory.CreateDirectory(Path.Combine(Shipped, "profiles"));
        foreach (string profile in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "scenarios", "profiles")))
            File.Copy(profile, Path.Combine(Shipped, "profiles", Path.GetFileName(profile)));
    }

    public string Current => Path.Combine(root.FullName, "current");

    public string Shipped => Path.Combine(root.FullName, "shipped");

    public ScenarioLibrary Library => new(Current, Shipped);

    public string Write(string name, string text)
    {
        string path = Path.Combine(Current, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Ship(string name, string text) => File.WriteAllText(Path.Combine(Shipped, name), text);

    public LoadedScenario LoadFile(string name, params string[] settings) =>
        new ScenarioLoader(Library).Load(name, [.. settings.Select(Setting.Parse)]);

    public Scenario Load(string text, params string[] settings)
    {
        Write("a.json", text);
        return LoadFile("a.json", settings).Scenario;
    }

    /// <summary>All problems of a file, as users read them.</summary>
    public IReadOnlyList<string> Problems(string text, params string[] settings)
    {
        var wrong = Assert.Throws<ScenarioException>(() => Load(text, settings))!;
        return [.. wrong.Problems.Select(problem => problem.ToString())];
    }

    /// <summary>The only problem of a file.</summary>
    public string Problem(string text, params string[] settings)
    {
        IReadOnlyList<string> problems = Problems(text, settings);
        Assert.That(problems, Has.Count.EqualTo(1), string.Join("\n", problems));
        return problems[0];
    }

    /// <summary>The only problem of a text, without its place, which must be where the text has a mark.</summary>
    public string ProblemAtMark(string marked)
    {
        int at = marked.IndexOf(Mark);
        string before = marked[..at];
        int line = before.Count(letter => letter == '\n') + 1;
        int column = at - (before.LastIndexOf('\n') + 1) + 1;

        string problem = Problem(marked.Remove(at, 1));

        string place = $"a.json:{line}:{column}: ";
        Assert.That(problem, Does.StartWith(place));
        return problem[place.Length..];
    }

    public void Dispose() => root.Delete(recursive: true);
}
