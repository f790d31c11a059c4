using System.Globalization;
using System.Text;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// Appends results to a file that no other process writes: network file systems of clusters have no appending that
/// several may do. Each line is on the disk before the task counts as done.
/// </summary>
internal sealed class ResultWriter(string directory) : IDisposable
{
    private readonly Lock gate = new();
    private FileStream? file;

    /// <summary>May be called by several threads.</summary>
    /// <exception cref="EnvironmentException">The disk does not take it.</exception>
    public void Append(TaskResult result)
    {
        var line = Encoding.UTF8.GetBytes(ResultLine.Write(result));
        lock (gate)
        {
            try
            {
                file ??= Claim();
                file.Write(line);
                file.Flush(flushToDisk: true);
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                throw new EnvironmentException($"cannot write results to \"{directory}\": {wrong.Message}");
            }
        }
    }

    public void Dispose() => file?.Dispose();

    /// <summary>The next name that nobody has. Making a file that exists fails, on network file systems too.</summary>
    private FileStream Claim()
    {
        Directory.CreateDirectory(directory);
        for (var number = Directory.GetFiles(directory).Length + 1; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"part-{number:D5}{ResultFolder.Extension}");
            try
            {
                return new FileStream(
                    Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            }
            catch (IOException) when (File.Exists(Path.Combine(directory, name)))
            {
            }
        }
    }
}
