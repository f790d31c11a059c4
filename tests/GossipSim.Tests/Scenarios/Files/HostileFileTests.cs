using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class HostileFileTests
{
    private static readonly byte[] original =
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "scenarios", "crash-hub.json"));

    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(300);

    [Test]
    public void Whatever_bytes_change_the_file_loads_or_its_problem_has_a_place()
    {
        Arbitrary<(int At, byte Value, int Length)[]> changes = Gen.Choose(0, original.Length - 1)
            .SelectMany(at => Gen.Choose(0, 255).SelectMany(
                value => Gen.Choose(0, 3), (value, length) => (At: at, Value: (byte)value, Length: length)))
            .ArrayOf()
            .ToArbitrary();

        Prop.ForAll(changes, edits => IsHandled(Change(edits))).Check(replayed);
    }

    [Test]
    public void Whatever_value_stands_at_a_key_the_file_loads_or_its_problem_has_a_place()
    {
        string[] paths = [.. Vocabulary.All.Keys.Where(path => !path.Contains('['))];
        string[] values = ["null", "-1", "0", "1e308", "1e-320", "\"\"", "\"x\"", "[]", "[[]]", "{}", "true", "[null]"];
        Arbitrary<(string Path, string Value)> settings = Gen.Elements(paths)
            .SelectMany(_ => Gen.Elements(values), (path, value) => (path, value))
            .ToArbitrary();

        Prop.ForAll(settings, setting => IsHandled(original, $"{setting.Path}={setting.Value}")).Check(replayed);
    }

    private static byte[] Change((int At, byte Value, int Length)[] edits)
    {
        List<byte> bytes = [.. original];
        foreach ((int at, byte value, int length) in edits)
        {
            int start = Math.Min(at, bytes.Count);
            bytes.RemoveRange(start, Math.Min(length, bytes.Count - start));
            bytes.Insert(start, value);
        }

        return [.. bytes];
    }

    private static bool IsHandled(byte[] bytes, params string[] settings)
    {
        using var folder = new ScenarioFolder();
        File.WriteAllBytes(Path.Combine(folder.Current, "a.json"), bytes);
        try
        {
            return folder.LoadFile("a.json", settings).EffectiveText.Length > 0;
        }
        catch (ScenarioException wrong)
        {
            return wrong.Problems.Count > 0 && wrong.Problems.All(problem =>
                problem.ToString().StartsWith(settings.Length > 0 ? "--set" : "a.json:", StringComparison.Ordinal)
                || problem.Origin.Line > 0);
        }
    }
}
