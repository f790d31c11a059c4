using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>What came of one task.</summary>
/// <param name="Key">Of its cell: of which scenario and program it is a result.</param>
internal sealed record TaskResult(int Task, string Key, Repeat Repeat);

/// <summary>
/// A result as one line of a file: a checksum, a blank, JSON. Whoever writes may be killed at any byte, so a line
/// counts only when its checksum is that of its text.
/// </summary>
internal static class ResultLine
{
    private const int ChecksumLetters = 16;

    private static readonly JsonSerializerOptions oneLine = new(ScenarioJson.Options) { WriteIndented = false };

    /// <returns>With the line's end.</returns>
    public static string Write(TaskResult result)
    {
        var text = JsonSerializer.Serialize(result, oneLine);
        return $"{ChecksumOf(text)} {text}\n";
    }

    /// <returns>Null for a line that is torn or damaged.</returns>
    public static TaskResult? Read(string line)
    {
        if (line.Length <= ChecksumLetters + 1 || line[ChecksumLetters] != ' ') return null;
        var text = line[(ChecksumLetters + 1)..];
        return line.StartsWith(ChecksumOf(text), StringComparison.Ordinal)
            ? JsonSerializer.Deserialize<TaskResult>(text, oneLine)
            : null;
    }

    private static string ChecksumOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..ChecksumLetters];
}
