using System.Globalization;
using System.Text;
using System.Xml.Linq;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.JUnit;

/// <summary>
/// Outcomes in the XML of JUnit, which CI servers show (Jenkins, GitLab, GitHub actions, Azure): <c>testsuites</c>,
/// <c>testsuite</c>, <c>testcase</c>, with counts and seconds.
/// </summary>
internal static class JUnitFile
{
    private const string Root = "testsuites";

    /// <summary>Bytes in which a file of this kind names its root.</summary>
    private const int Beginning = 256;

    /// <summary>Before anything runs: a file of something else is not replaced, one of an earlier run is.</summary>
    /// <exception cref="UsageException">It cannot be written there.</exception>
    public static void RequireOurs(string path, string option)
    {
        if (Directory.Exists(path)) throw new UsageException($"{option}: \"{path}\" is a folder, allowed is a file");
        if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return;
        using var text = new StreamReader(path);
        var start = new char[Beginning];
        int length = text.ReadBlock(start);
        if (!start.AsSpan(0, length).Contains($"<{Root}", StringComparison.Ordinal))
            OutputFile.RequireNew(path, option);
    }

    /// <exception cref="EnvironmentException">The file cannot be written.</exception>
    public static void Write(string path, string name, params IReadOnlyList<JUnitSuite> suites)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            File.WriteAllText(path, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{Text(name, suites)}\n");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write \"{path}\": {wrong.Message}");
        }
    }

    private static XElement Text(string name, IReadOnlyList<JUnitSuite> suites) => new(
        Root, new XAttribute("name", Shown(name)), Counts(suites), suites.Select(suite => new XElement(
            "testsuite", new XAttribute("name", Shown(suite.Name)), Counts([suite]),
            suite.Cases.Select(each => Text(suite, each)))));

    private static IEnumerable<XAttribute> Counts(IReadOnlyList<JUnitSuite> suites) =>
    [
        new("tests", suites.Sum(suite => suite.Cases.Count)),
        new("failures", suites.Sum(suite => suite.Count(JUnitOutcome.Failed))),
        new("errors", suites.Sum(suite => suite.Count(JUnitOutcome.Error))),
        new("skipped", suites.Sum(suite => suite.Count(JUnitOutcome.Skipped))),
        new("time", Seconds(suites.Sum(suite => suite.Seconds))),
    ];

    private static XElement Text(JUnitSuite suite, JUnitCase each) => new(
        "testcase", new XAttribute("classname", Shown(suite.Name)), new XAttribute("name", Shown(each.Name)),
        new XAttribute("time", Seconds(each.Seconds)), each.Outcome switch
        {
            JUnitOutcome.Passed => null,
            JUnitOutcome.Skipped => new XElement("skipped", Message(each)),
            JUnitOutcome.Error => new XElement("error", Message(each), new XText(Shown(each.Message!))),
            _ => new XElement("failure", Message(each), new XText(Shown(each.Message!))),
        });

    private static XAttribute Message(JUnitCase each) => new("message", Shown(each.Message!));

    /// <summary>XML has no control characters, no halves of surrogate pairs and no U+FFFE.</summary>
    private static string Shown(string text) => string.Concat(
        VisibleText.OnOneLine(text).EnumerateRunes().Select(rune => rune.Value is 0xFFFE or 0xFFFF
            ? Rune.ReplacementChar : rune));

    private static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
