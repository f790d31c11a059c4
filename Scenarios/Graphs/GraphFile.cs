using System.IO.Compression;
using System.IO.Pipelines;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Reads a graph from a file or from stdin (-): an edge list or GraphML, plain or packed with gzip; which of them, its
/// first bytes tell.
/// </summary>
internal static class GraphFile
{
    public const string Stdin = "-";

    private const int BufferBytes = 64 * 1024;

    /// <summary>What so many edges take with names of a usual length, and comments: our limit.</summary>
    private const long LargestEdgeList = 64L * EdgeListReader.MostEdges;

    /// <summary>A million peers and their links several times over; one value of it may fill the memory.</summary>
    private const long LargestGraphMl = 1L << 30;

    /// <summary>A byte order mark and the first letter.</summary>
    private const int PeekedBytes = 4;

    /// <exception cref="UsageException">It cannot be read, or something in it is wrong.</exception>
    public static NamedGraph Read(string path, string displayName)
    {
        if (!File.Exists(path))
            throw new UsageException($"no file \"{displayName}\"");
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file, displayName);
        }
        catch (UnauthorizedAccessException unreadable)
        {
            throw new UsageException($"{displayName}: cannot be read: {unreadable.Message}");
        }
    }

    public static NamedGraph Read(Stream stream, string displayName)
    {
        try
        {
            // gzip is 1f 8b (RFC 1952, section 2.3.1), XML begins with <.
            var (first, plain) = Peek(stream);
            if (first is [0, ..])
                throw new UsageException($"{displayName}: this is no text; allowed are edge lists and GraphML");
            if (first is not [0x1f, 0x8b, ..]) return Read(first, plain, displayName);
            var (inside, unpacked) = Peek(new GZipStream(plain, CompressionMode.Decompress));
            return Read(inside, unpacked, displayName);
        }
        catch (InvalidDataException broken)
        {
            throw new UsageException($"{displayName}: broken gzip: {broken.Message}");
        }
        catch (IOException unreadable)
        {
            throw new UsageException($"{displayName}: cannot be read: {unreadable.Message}");
        }
    }

    private static NamedGraph Read(byte[] first, Stream stream, string displayName) => IsXml(first)
        ? GraphMlReader.Read(new LimitedStream(stream, LargestGraphMl, displayName), displayName)
        : EdgeListReader.Read(
            new StreamReader(new LimitedStream(stream, LargestEdgeList, displayName)), displayName);

    /// <summary>A byte order mark may come before it.</summary>
    private static bool IsXml(byte[] first) => first is [(byte)'<', ..] or [0xEF, 0xBB, 0xBF, (byte)'<'];

    /// <summary>The first bytes, and the stream as it was: stdin cannot be wound back.</summary>
    private static (byte[] First, Stream Whole) Peek(Stream stream)
    {
        PipeReader pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes));
        ReadResult start = pipe.ReadAtLeastAsync(PeekedBytes).AsTask().GetAwaiter().GetResult();
        byte[] first = System.Buffers.BuffersExtensions.ToArray(
            start.Buffer.Slice(0, Math.Min(PeekedBytes, start.Buffer.Length)));
        pipe.AdvanceTo(start.Buffer.Start);
        return (first, pipe.AsStream());
    }
}
