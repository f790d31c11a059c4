using System.Buffers;
using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Stores;

/// <summary>
/// A file that is only appended to, a <see cref="DiskLine"/> for each record. A torn line at the end is what a crash
/// leaves and is cut off; a broken line before the end is damage, and is an error. When as much was appended as the
/// records take that still count, the file is written anew with those alone, so its size is bounded by theirs. One
/// process at a time uses it, which a lock file beside it holds.
/// </summary>
/// <param name="owner">Whose disk it is; the file of another node is refused.</param>
/// <param name="compactAbove">Bytes that are appended before the file is written anew. Default: our choice.</param>
internal sealed class FileStore(string path, DiskOwner owner, long compactAbove = 1 << 20) : INodeStore
{
    private readonly ArrayBufferWriter<byte> unflushed = new();
    private FileStream? file;
    private FileStream? lockFile;
    private long compactBytes;
    private long appendedBytes;

    /// <exception cref="DiskException">It is damaged, in use, or another node's.</exception>
    public IReadOnlyList<StableRecord> Open()
    {
        Close();
        lockFile ??= Lock();
        return Compact();
    }

    public void Append(StableRecord record) => unflushed.Write(DiskLine.Of(record));

    public async ValueTask FlushAsync()
    {
        if (file is null || unflushed.WrittenCount == 0) return;
        await file.WriteAsync(unflushed.WrittenMemory);
        appendedBytes += unflushed.WrittenCount;
        unflushed.ResetWrittenCount();
        file.Flush(flushToDisk: true);
        if (appendedBytes <= Math.Max(compactAbove, compactBytes)) return;
        Close();
        Compact();
    }

    public void Crash()
    {
        unflushed.ResetWrittenCount();
        Close();
    }

    public void Dispose()
    {
        Close();
        lockFile?.Dispose();
        lockFile = null;
    }

    public void Tear()
    {
        Close();
        var half = DiskLine.Of(new StoreRecord(StoreId: 0));
        using var torn = new FileStream(path, FileMode.Append);
        torn.Write(half.AsSpan(0, half.Length / 2));
    }

    public void Erase()
    {
        Close();
        File.Delete(path);
    }

    private FileStream Lock()
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DiskException(
                $"\"{path}\" is in use by another process; stop that one, or give this node another disk folder");
        }
    }

    private void Close()
    {
        file?.Dispose();
        file = null;
    }

    private List<StableRecord> Compact()
    {
        var records = LatestByKey.Of(File.Exists(path) ? ReadAll() : []);
        Rewrite(records);
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        (compactBytes, appendedBytes) = (file.Length, 0);
        return records;
    }

    private List<StableRecord> ReadAll()
    {
        var records = new List<StableRecord>();
        var lines = File.ReadAllText(path).Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            switch (Read(lines[index], index))
            {
                case StableRecord record:
                    records.Add(record);
                    break;
                case DiskOwner found when found != owner:
                    throw new DiskException(
                        $"\"{path}\" is the disk of {found.Address} in the network \"{found.Cluster}\", not that of"
                        + $" {owner.Address} in \"{owner.Cluster}\"; give this node its own disk folder");
                case null when index < lines.Length - 1:
                    throw Damaged(index, "its checksum is wrong");
            }
        }

        return records;
    }

    private object? Read(string line, int index)
    {
        try
        {
            return DiskLine.Read(line);
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or KeyNotFoundException)
        {
            throw Damaged(index, error.Message);
        }
    }

    private DiskException Damaged(int index, string why) => new(
        $"\"{path}\", line {index + 1}: damaged record ({why}); put a copy back, or delete the file so that the node"
        + " starts with an empty disk");

    /// <summary>Through a second file, so that a crash meanwhile leaves either the old or the new.</summary>
    private void Rewrite(List<StableRecord> records)
    {
        var next = path + ".next";
        using (var stream = new FileStream(next, FileMode.Create))
        {
            stream.Write(DiskLine.Of(owner));
            foreach (var record in records) stream.Write(DiskLine.Of(record));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
