using System.Globalization;
using System.IO.Compression;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Reads whole numbers from 0, one a line, plain or gzip; blank lines and # comments are skipped. Lines end as on any
/// system, and however long one is, it is not kept.
/// </summary>
internal sealed class IntegerList
{
    /// <summary>The degrees of the largest overlay that a scenario can have, a hundred times over.</summary>
    private const int MostValues = 100_000_000;

    private const long LargestValue = (long)Scenario.LargestRandomSeed;

    /// <summary>A number and the blanks around it; what is longer can only be a comment or a mistake.</summary>
    private const int LongestLine = 120;

    /// <summary>Our limit: a device may have no line end.</summary>
    private const int LongestComment = 1 << 20;

    /// <summary>So many lines of the largest value, ended by two letters.</summary>
    private const long LargestFile = 18L * MostValues;

    /// <summary>How much of a wrong line a message repeats.</summary>
    private const int LongestQuote = 40;

    private readonly string displayName;
    private readonly List<long> values = [];
    private readonly char[] line = new char[LongestLine];
    private int length;
    private int leftOut;
    private long lineNumber = 1;

    private IntegerList(string displayName) => this.displayName = displayName;

    public static long[] ReadFile(string file, string displayName)
    {
        if (Directory.Exists(file))
            throw new UsageException($"\"{displayName}\" is a folder; name a file");
        if (!File.Exists(file))
            throw new UsageException($"no file \"{displayName}\"");
        try
        {
            return Read(File.OpenRead(file), displayName);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{displayName}: cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Closes the stream in the end.</summary>
    public static long[] Read(Stream stream, string displayName)
    {
        using (stream)
        {
            try
            {
                using var numbers = new LimitedStream(Unpacked(stream), LargestFile, displayName);
                using var reader = new StreamReader(numbers);
                return new IntegerList(displayName).Read(reader);
            }
            catch (InvalidDataException broken)
            {
                throw new UsageException($"{displayName}: broken gzip: {broken.Message}");
            }
        }
    }

    /// <summary>Told by the first two bytes, not by a name: gzip is 1f 8b (RFC 1952, section 2.3.1).</summary>
    private static Stream Unpacked(Stream stream)
    {
        var begun = new BegunStream(stream, count: 2);
        return begun.Beginning is [0x1f, 0x8b] ? new GZipStream(begun, CompressionMode.Decompress) : begun;
    }

    private long[] Read(StreamReader reader)
    {
        var block = new char[1 << 16];
        bool afterReturn = false;
        for (int count; (count = reader.Read(block)) > 0;)
        {
            foreach (char letter in block.AsSpan(0, count))
            {
                // CR LF ends one line, not two.
                if (letter is '\r' || (letter is '\n' && !afterReturn))
                    EndLine();
                else if (letter is not '\n')
                    Add(letter);
                afterReturn = letter is '\r';
            }
        }

        EndLine();
        if (values.Count == 0)
            throw new UsageException($"{displayName}: no values; write one whole number a line");
        return [.. values];
    }

    private void Add(char letter)
    {
        if (length < LongestLine)
            line[length++] = letter;
        else if (line.AsSpan().TrimStart() is not ['#', ..])
            throw TooLong();
        else if (++leftOut > LongestComment)
            throw new UsageException(
                $"{displayName}:{lineNumber}: the comment is longer than {LongestComment} characters");
    }

    private void EndLine()
    {
        ReadOnlySpan<char> trimmed = line.AsSpan(0, length).Trim();
        if (!trimmed.IsEmpty && trimmed[0] != '#')
            Take(trimmed);
        (length, leftOut) = (0, 0);
        lineNumber++;
    }

    private void Take(ReadOnlySpan<char> text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            || value > LargestValue)
            throw Wrong(text);
        if (values.Count == MostValues)
            throw new UsageException($"{displayName}:{lineNumber}: allowed are at most {MostValues} values");
        values.Add(value);
    }

    /// <summary>Told at once: a device may have no line end at all.</summary>
    private UsageException TooLong() => Wrong(line.AsSpan().Trim(), isCut: true);

    private UsageException Wrong(ReadOnlySpan<char> text, bool isCut = false)
    {
        bool isShortened = isCut || text.Length > LongestQuote;
        string quote = text[..Math.Min(text.Length, LongestQuote)].ToString() + (isShortened ? "..." : "");
        return new UsageException(
            $"{displayName}:{lineNumber}: found \"{quote}\", allowed is one whole number from 0 to {LargestValue}");
    }
}
