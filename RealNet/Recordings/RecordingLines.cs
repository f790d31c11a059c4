using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace GossipSim.RealNet;

/// <summary>The lines of a recording one by one. What is wrong with one is told with the file and its number.</summary>
internal sealed class RecordingLines : IDisposable
{
    private readonly string path;
    private readonly StreamReader reader;
    private int number;

    /// <exception cref="InvalidDataException">The file cannot be opened.</exception>
    public RecordingLines(string path)
    {
        this.path = path;
        try
        {
            reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <summary>Null at the end.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public string? Next()
    {
        number++;
        try
        {
            return reader.ReadLine();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)
        {
            throw Broken($"the file is damaged or was cut off ({wrong.Message})");
        }
    }

    /// <summary>What the latest line comes to.</summary>
    /// <exception cref="InvalidDataException">It is not what a recording has.</exception>
    public T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException wrong)
        {
            // The message would name types of this program; where in the line it is helps more.
            throw Broken(wrong.Path is null or "$" or ""
                ? "no line of a recording"
                : $"no line of a recording, at {wrong.Path.TrimStart('$', '.')}");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or FormatException or InvalidOperationException
            or KeyNotFoundException)
        {
            throw Broken(wrong.Message);
        }
    }

    public InvalidDataException Broken(string why) => new($"{path}, line {number}: {why}");

    public void Dispose() => reader.Dispose();
}
