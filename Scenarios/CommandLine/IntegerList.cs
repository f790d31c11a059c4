using System.Globalization;
using System.IO.Compression;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>Reads whole numbers from 0, one a line, plain or gzip; blank lines and # comments are skipped.</summary>
internal static class IntegerList
{
    /// <summary>The degrees of the largest overlay that a scenario can have, a hundred times over.</summary>
    private const int MostValues = 100_000_000;

    private const long LargestValue = (long)Scenario.LargestRandomSeed;

    /// <summary>How much of a wrong line a message repeats.</summary>
    private const int LongestQuote = 40;

    public static long[] Read(string file, string displayName)
    {
        if (!File.Exists(file))
            throw new UsageException($"no file \"{displayName}\"");
        try
        {
            using Stream stream = Open(file);
            using var reader = new StreamReader(stream);
            return Read(reader, displayName);
        }
        catch (InvalidDataException broken)
        {
            throw new UsageException($"{displayName}: broken gzip: {broken.Message}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{displayName}: cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Told by the first two bytes, not by the name: gzip is 1f 8b (RFC 1952, section 2.3.1).</summary>
    private static Stream Open(string file)
    {
        FileStream plain = File.OpenRead(file);
        bool isPacked = plain.ReadByte() == 0x1f && plain.ReadByte() == 0x8b;
        plain.Position = 0;
        return isPacked ? new GZipStream(plain, CompressionMode.Decompress) : plain;
    }

    private static long[] Read(StreamReader reader, string displayName)
    {
        var values = new List<long>();
        int lineNumber = 0;
        while (reader.ReadLine() is { } line)
        {
            lineNumber++;
            ReadOnlySpan<char> trimmed = line.AsSpan().Trim();
            if (trimmed.IsEmpty || trimmed[0] == '#')
                continue;
            if (!long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                || value > LargestValue)
            {
                string quote = trimmed[..Math.Min(trimmed.Length, LongestQuote)].ToString();
                throw new UsageException(
                    $"{displayName}:{lineNumber}: found \"{quote}\","
                    + $" allowed is one whole number from 0 to {LargestValue}");
            }

            if (values.Count == MostValues)
                throw new UsageException($"{displayName}:{lineNumber}: allowed are at most {MostValues} values");
            values.Add(value);
        }

        if (values.Count == 0)
            throw new UsageException($"{displayName}: no values; write one whole number a line");
        return [.. values];
    }
}
