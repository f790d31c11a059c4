using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>One combination of values, and the scenario that it makes.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Values">In the order of the parameters.</param>
/// <param name="Key">
/// Hash of the scenario with all defaults and of the program: results under another key are results of something else.
/// </param>
internal sealed record SweepCell(int Number, IReadOnlyList<ExpectedValue> Values, string Key, Lazy<Scenario> Loaded)
{
    /// <summary>With the random seed of the first repeat.</summary>
    public Scenario Scenario => Loaded.Value;

    public static string KeyOf(Scenario scenario, SweepProgram program)
    {
        var text = $"{program.Version}\n{program.Commit}\n{ScenarioJson.Write(scenario)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    public string InWords(IReadOnlyList<SweepParameter> parameters) =>
        string.Join(", ", parameters.Select((parameter, index) => $"{parameter.Name} = {TextOf(Values[index])}"));

    /// <summary>As tables and words have it.</summary>
    public static string TextOf(ExpectedValue value) => value switch
    {
        { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { Truth: { } truth } => truth ? "true" : "false",
        _ => value.Text!,
    };

    /// <summary>As a scenario file has it.</summary>
    public static string JsonOf(ExpectedValue value) => JsonSerializer.Serialize(value, ScenarioJson.Options);
}

/// <summary>The program that runs a sweep: another one may give other results.</summary>
internal sealed record SweepProgram(string Version, string? Commit);

/// <summary>One run of a sweep, a pure function of its plan.</summary>
/// <param name="Number">Cell by cell, and in each the repeats one after the other.</param>
internal readonly record struct SweepTask(int Number, SweepCell Cell, int Repeat, long RandomSeed);
