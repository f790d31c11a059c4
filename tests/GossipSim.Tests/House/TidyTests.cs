using System.Text.RegularExpressions;
using NUnit.Framework;

namespace GossipSim.Tests.House;

/// <summary>DESIGN section 1 and the conventions: what every file keeps to.</summary>
[TestFixture]
internal sealed partial class TidyTests
{
    /// <summary>Of results git keeps the gallery only.</summary>
    private static readonly string[] folders = ["Analysis", "Engine", "RealNet", "Scenarios", "results", "tests"];

    /// <summary>What runs and builds leave does not count; without git only missing ones are seen.</summary>
    [Test]
    public void The_top_level_is_fixed()
    {
        if (Repository.TrackedFiles() is { } files)
        {
            var tracked = files.Where(file => file.Contains('/') && !file.StartsWith('.'))
                .Select(file => file.Split('/')[0]).Distinct();
            Assert.That(tracked, Is.EquivalentTo(folders));
            return;
        }

        var found = Directory.EnumerateDirectories(Repository.Root).Select(folder => Path.GetFileName(folder));
        Assert.That(folders, Is.SubsetOf(found));
    }

    [Test]
    public void No_file_is_longer_than_400_lines() =>
        AssertNone(file => Repository.Lines(file).Length is var lines && lines > 400 ? $"{lines} lines" : null);

    [Test]
    public void No_line_is_wider_than_120_columns() =>
        AssertNone(file => FirstLine(file, line => line.Length > 120));

    [Test]
    public void Nothing_is_left_to_be_done_later() =>
        AssertNone(file => FirstLine(file, line => Unfinished().IsMatch(line)));

    [Test]
    public void Nothing_has_a_name_that_says_nothing() =>
        AssertNone(file => Empty().IsMatch(file) ? "its name" : FirstLine(file, line => EmptyType().IsMatch(line)));

    [Test]
    public void Each_file_says_its_namespace_in_one_line() =>
        AssertNone(file => FirstLine(file, line => BlockNamespace().IsMatch(line)));

    private static void AssertNone(Func<string, string?> problemOf)
    {
        var problems = new List<string>();
        foreach (var file in Repository.Files("*.cs"))
            if (problemOf(file) is { } problem) problems.Add($"{file}: {problem}");
        Assert.That(problems, Is.Empty);
    }

    private static string? FirstLine(string file, Predicate<string> isBad)
    {
        var lines = Repository.Lines(file);
        var index = Array.FindIndex(lines, isBad);
        return index < 0 ? null : $"line {index + 1}: {lines[index].Trim()}";
    }

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(^|/|[a-z0-9])(Common|Utils?|Helpers?|Core|Manager|Service)s?(?=[A-Z./]|$)")]
    private static partial Regex Empty();

    [GeneratedRegex(@"\b(class|struct|interface|record|enum) \w*(Common|Utils?|Helpers?|Core|Manager|Service)\b")]
    private static partial Regex EmptyType();

    [GeneratedRegex(@"^namespace [\w.]+\s*\{?\s*$")]
    private static partial Regex BlockNamespace();
}
