using System.IO.Compression;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Opens a file or stdin, unpacks it if it is packed with gzip, and reads it up to a limit.</summary>
internal static class InputFile
{
    /// <summary>Enough for the first bytes of any format, and for the declaration of XML.</summary>
    private const int BeginningBytes = 200;

    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="Files.ScenarioException">It cannot be read, or is too large.</exception>
    public static void Read(string path, InputSource source, long mostBytes, Action<BegunStream> read)
    {
        if (Directory.Exists(path)) throw new UsageException($"\"{source.Name}\" is a folder; name a file");
        if (!File.Exists(path)) throw new UsageException($"no file \"{source.Name}\"");
        try
        {
            using FileStream file = File.OpenRead(path);
            Read(file, source, mostBytes, read);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw source.Wrong(0, $"cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Gives the text to <paramref name="read"/>, with its first bytes to look at.</summary>
    public static void Read(Stream stream, InputSource source, long mostBytes, Action<BegunStream> read)
    {
        try
        {
            // gzip is told by its first bytes, 1f 8b (RFC 1952, section 2.3.1), and not by a name.
            var packed = new CountedStream(stream);
            using var begun = new BegunStream(packed, BeginningBytes);
            bool isPacked = begun.Beginning is [0x1f, 0x8b, ..];
            using Stream plain = isPacked ? new GZipStream(begun, CompressionMode.Decompress) : begun;
            using var limited = new LimitedInput(plain, mostBytes, isPacked ? packed : null, source);
            using var text = new BegunStream(limited, BeginningBytes);
            read(text);
        }
        catch (InvalidDataException broken)
        {
            throw source.Wrong(0, $"broken gzip: {broken.Message}");
        }
        catch (IOException unreadable)
        {
            throw source.Wrong(0, $"cannot be read: {unreadable.Message}");
        }
    }
}
